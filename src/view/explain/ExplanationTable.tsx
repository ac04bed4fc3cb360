/** The numbers behind an explanation, in the method's own unit, strongest first. */
import { useState } from 'react';
import type { Explanation } from '../../core/explanation.ts';
import { regionName } from '../../core/region-name.ts';
import { rankingName } from '../../session/words/explanation-words.ts';
import type { ShownExplanation } from '../../session/inquiry/show-explanation.ts';
import { answerWords } from './WhyCaption.tsx';

interface Row {
  readonly name: string;
  readonly kind: 'region' | 'word';
  readonly value: number;
  readonly error: number | null;
}

export function ExplanationTable({ shown }: { readonly shown: ShownExplanation }) {
  const [isOpen, setOpen] = useState(false);
  const { complete } = shown;
  return (
    <details className="attention-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>The same as a table</summary>
      {isOpen && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scroller must be within reach of the keyboard
        <section className="scroll" tabIndex={0} aria-label="Evidence in numbers">
          <table>
            <caption>
              {rankingName(shown.method)} for {answerWords(shown)}, in {complete.unit}
            </caption>
            <thead>
              <tr>
                <th scope="col">What</th>
                <th scope="col">Kind</th>
                <th scope="col">Evidence</th>
                {complete.standardErrors && <th scope="col">Standard error</th>}
              </tr>
            </thead>
            <tbody>
              {rowsOf(shown, complete).map(({ name, kind, value, error }) => (
                <tr key={`${kind} ${name}`}>
                  <th scope="row">{name}</th>
                  <td>{kind}</td>
                  <td>{numberWords(value)}</td>
                  {error !== null && <td>± {numberWords(error)}</td>}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </details>
  );
}

function rowsOf({ exchange, tokens }: ShownExplanation, complete: Explanation): readonly Row[] {
  const errors = complete.standardErrors;
  const regions = exchange.scene.regions.map((region, index): Row => ({
    name: `${index + 1} ${regionName(region)}`,
    kind: 'region',
    value: complete.regions[index] ?? 0,
    error: errors ? (errors.regions[index] ?? 0) : null,
  }));
  const words = tokens.flatMap((token, index): Row[] =>
    token.kind === 'special'
      ? []
      : [
          {
            name: `${index} “${token.text}”`,
            kind: 'word',
            value: complete.tokens[index] ?? 0,
            error: errors ? (errors.tokens[index] ?? 0) : null,
          },
        ],
  );
  return [...regions, ...words].toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value));
}

function numberWords(value: number): string {
  return value.toPrecision(3).replace('-', '−');
}
