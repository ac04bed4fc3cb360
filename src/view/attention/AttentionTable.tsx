/** The numbers behind the colours, for screen readers and for everyone who wants them. */
import { useState } from 'react';
import { weightPercent } from '../../core/percent.ts';
import { axisName } from '../../session/words/attention-words.ts';
import type { ShownAttention } from '../../session/inquiry/show-attention.ts';

export function AttentionTable({ shown }: { readonly shown: ShownAttention }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="attention-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>The same as a table</summary>
      {isOpen && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scroller must be within reach of the keyboard
        <section className="scroll" tabIndex={0} aria-label="Attention in numbers">
          <WeightTable shown={shown} />
        </section>
      )}
    </details>
  );
}

function WeightTable({ shown: { slice, exchange } }: { readonly shown: ShownAttention }) {
  const [rows, columns] = slice.weights.dims;
  const rowNumbers = Array.from({ length: rows }, (_, row) => row);
  const columnNumbers = Array.from({ length: columns }, (_, column) => column);
  const head = slice.head === 'mean' ? `mean of ${slice.heads} heads` : `head ${slice.head + 1}`;
  return (
    <table>
      <caption>
        Attention from {slice.query}s (rows) to {slice.key}s (columns), layer {slice.layer + 1}, {head}
      </caption>
      <thead>
        <tr>
          <th scope="col">from \ to</th>
          {columnNumbers.map((column) => (
            <th key={column} scope="col">
              {axisName(exchange, slice.key, column)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rowNumbers.map((row) => (
          <tr key={row}>
            <th scope="row">{axisName(exchange, slice.query, row)}</th>
            {columnNumbers.map((column) => (
              <td key={column}>{weightPercent(slice.weights.data[row * columns + column] ?? 0)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
