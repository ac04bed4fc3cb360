/** The overview's numbers, for screen readers and for everyone who wants them. */
import { useState } from 'react';
import { percent } from '../../core/percent.ts';
import type { AttentionMaps, AttentionModule } from '../../core/types.ts';
import { moduleName } from '../../session/words/attention-words.ts';
import { reachesAnswer } from '../../session/inquiry/select-attention.ts';
import type { HeadColoring } from './head-coloring.ts';
import { headColumns } from './head-words.ts';

interface HeadTableProps {
  readonly attention: AttentionMaps;
  readonly modules: readonly AttentionModule[];
  /** Null while its numbers are worked out. */
  readonly coloring: HeadColoring | null;
  /** Of the statistic. */
  readonly name: string;
}

export function HeadTable({ coloring, ...props }: HeadTableProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="attention-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Every head as a table</summary>
      {isOpen && coloring && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scroller must be within reach of the keyboard
        <section className="scroll" tabIndex={0} aria-label="Every head in numbers">
          <HeadNumbers {...props} coloring={coloring} />
        </section>
      )}
    </details>
  );
}

function HeadNumbers({
  attention,
  modules,
  coloring,
  name,
}: HeadTableProps & { readonly coloring: HeadColoring }) {
  const mostHeads = Math.max(...modules.map((module) => attention[module].dims[1]));
  return (
    <table className="head-table">
      <caption>{name}, the middle row of each head</caption>
      <thead>
        <tr>
          <th scope="col">kind</th>
          <th scope="col">layer</th>
          <th scope="col">mean</th>
          {Array.from({ length: mostHeads }, (_, head) => (
            <th key={head} scope="col">
              head {head + 1}
            </th>
          ))}
        </tr>
      </thead>
      {modules.map((module) => {
        const [layers, heads] = attention[module].dims;
        return (
          <tbody key={module}>
            {Array.from({ length: layers }, (_, layer) => (
              <tr key={layer}>
                <th scope="row">
                  {moduleName(module)}
                  {!reachesAnswer(module, { layer, layers }) && ' (cannot reach the answer)'}
                </th>
                <td>{layer + 1}</td>
                {headColumns(heads).map((head) => {
                  const value = coloring.value({ module, layer, head });
                  return <td key={head}>{value === null ? '–' : percent(value)}</td>;
                })}
              </tr>
            ))}
          </tbody>
        );
      })}
    </table>
  );
}
