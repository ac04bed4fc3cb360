import type { KeyStep } from '../../explain/head-arithmetic.ts';
import { weightPercent } from '../../core/percent.ts';
import type { ShownRow } from './head-row.ts';

/** The rest is summed up in one line. */
const SHOWN_KEYS = 6;

interface StepTableProps {
  readonly row: ShownRow;
  readonly nameOf: (key: number) => string;
  readonly axis: string;
}

/** Scores, weights, weighted values and pulls of one row, one line for each of the heaviest keys. */
export function StepTable({ row: { steps, sum, width, answer }, nameOf, axis }: StepTableProps) {
  const isComputed = sum !== null;
  const rest = steps.slice(SHOWN_KEYS);
  const lengths = total(steps.map(({ length }) => length));
  const line = (name: string, score: string, step: Omit<KeyStep, 'key' | 'score'>) => (
    <>
      <th scope="row">{name}</th>
      <td>{score}</td>
      <td>
        <Bar share={step.weight}>{weightPercent(step.weight)}</Bar>
      </td>
      {step.length !== null && (
        <td>
          <Bar share={lengths > 0 ? step.length / lengths : 0}>{step.length.toFixed(3)}</Bar>
        </td>
      )}
      {answer !== null && <td>{pullWords(step.pull)}</td>}
    </>
  );
  return (
    <table className="step-table">
      <caption className="visually-hidden">Scores, weights and values, heaviest first</caption>
      <thead>
        <tr>
          <th scope="col">{axis}</th>
          <th scope="col">QKᵀ/√{width ?? 'd'}</th>
          <th scope="col">softmax</th>
          {isComputed && <th scope="col">‖w v‖</th>}
          {answer !== null && <th scope="col">pull on {answer}, logits</th>}
        </tr>
      </thead>
      <tbody>
        {steps.slice(0, SHOWN_KEYS).map((step) => (
          <tr key={step.key}>
            {line(nameOf(step.key), isComputed ? scoreNumber(step.score) : scoreBelowBest(step.score), step)}
          </tr>
        ))}
        {rest[0] && (
          <tr>
            {line(`${rest.length} more`, isComputed ? `≤ ${scoreNumber(rest[0].score)}` : 'below', {
              weight: total(rest.map(({ weight }) => weight)),
              length: isComputed ? total(rest.map(({ length }) => length)) : null,
              pull: total(rest.map(({ pull }) => pull)),
            })}
          </tr>
        )}
      </tbody>
    </table>
  );
}

/** @param share of the row, 0..1 */
function Bar({ share, children }: { readonly share: number; readonly children: string }) {
  return (
    <span className="step-bar" style={{ '--share': share }}>
      {children}
    </span>
  );
}

/** “3.21”, “−0.40”. */
function scoreNumber(score: number): string {
  return score.toFixed(2).replace('-', '−');
}

/** “best”, “best − 1.50”. */
function scoreBelowBest(score: number): string {
  if (score === 0) return 'best';
  return Number.isFinite(score) ? `best − ${(-score).toFixed(2)}` : 'far below';
}

/** “+0.120”, “−0.013”, “0”, in logits. */
function pullWords(pull: number | null): string {
  if (pull === null) return '–';
  const size = Math.abs(pull).toFixed(3);
  if (Number(size) === 0) return '0';
  return `${pull < 0 ? '−' : '+'}${size}`;
}

function total(values: readonly (number | null)[]): number {
  return values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
}
