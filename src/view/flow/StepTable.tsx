import type { KeyStep } from '../../core/head-arithmetic.ts';
import { weightPercent } from '../../core/percent.ts';

/** The rest is summed up in one line. */
const SHOWN_KEYS = 6;

interface StepTableProps {
  /** Heaviest first. */
  readonly steps: readonly KeyStep[];
  readonly nameOf: (key: number) => string;
  readonly axis: string;
  /** Of queries and keys; null when the pack does not say yet. */
  readonly width: number | null;
  /** Whose pulls are known; null when none are. */
  readonly answer: string | null;
}

/** Scores, weights and pulls of one row, one line for each of the heaviest keys. */
export function StepTable({ steps, nameOf, axis, width, answer }: StepTableProps) {
  const rest = steps.slice(SHOWN_KEYS);
  return (
    <table className="step-table">
      <caption className="visually-hidden">Scores, weights and values, heaviest first</caption>
      <thead>
        <tr>
          <th scope="col">{axis}</th>
          <th scope="col">QKᵀ/√{width ?? 'd'}</th>
          <th scope="col">softmax</th>
          {answer !== null && <th scope="col">pull on {answer}, logits</th>}
        </tr>
      </thead>
      <tbody>
        {steps.slice(0, SHOWN_KEYS).map(({ key, score, weight, pull }) => (
          <tr key={key}>
            <th scope="row">{nameOf(key)}</th>
            <td>{scoreWords(score)}</td>
            <td>
              <span className="step-weight" style={{ '--share': weight }}>
                {weightPercent(weight)}
              </span>
            </td>
            {answer !== null && <td>{pullWords(pull)}</td>}
          </tr>
        ))}
        {rest.length > 0 && (
          <tr>
            <th scope="row">{rest.length} more</th>
            <td>below</td>
            <td>
              <span className="step-weight" style={{ '--share': sum(rest.map(({ weight }) => weight)) }}>
                {weightPercent(sum(rest.map(({ weight }) => weight)))}
              </span>
            </td>
            {answer !== null && <td>{pullWords(sum(rest.map(({ pull }) => pull ?? 0)))}</td>}
          </tr>
        )}
      </tbody>
    </table>
  );
}

/** “best”, “best − 1.50”. */
function scoreWords(score: number): string {
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

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
