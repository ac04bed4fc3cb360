/** The whole slice at a glance: one row per query, one column per key. */
import { useCallback, useRef, useState, type PointerEvent } from 'react';
import { cellAt, drawMatrix } from '../../draw/matrix.ts';
import { weightPercent } from '../../core/percent.ts';
import { useActions } from '../session-context.ts';
import { useCanvas } from '../use-canvas.ts';
import { useElementSize } from '../use-element-size.ts';
import { axisName } from '../../session/attention-words.ts';
import { scaleEnd, type ShownAttention } from '../../session/show-attention.ts';

export function AttentionMatrix({ shown }: { readonly shown: ShownAttention }) {
  const { slice, exchange, focused } = shown;
  const highest = scaleEnd(slice.weights.data, shown, true);
  const { focusOn } = useActions();
  const frameRef = useRef<HTMLDivElement>(null);
  const frame = useElementSize(frameRef);
  const [cell, setCell] = useState<{ readonly row: number; readonly column: number } | null>(null);
  const [rows, columns] = slice.weights.dims;

  const paint = useCallback(
    (context: CanvasRenderingContext2D, size: typeof frame) =>
      drawMatrix(context, slice.weights, highest, size),
    [slice, highest],
  );
  const canvas = useCanvas(frame, paint);

  const pointAt = (event: PointerEvent) => {
    const bounds = event.currentTarget.getBoundingClientRect();
    const found = cellAt([rows, columns], bounds, event.clientX - bounds.left, event.clientY - bounds.top);
    setCell(found);
    if (found) focusOn({ kind: slice.query, index: found.row, locked: false });
  };

  const pointedRow = focused.direction === 'from' ? focused.focus.index : null;
  return (
    <div className="matrix">
      <ul className="matrix-rows" aria-hidden="true" data-dense={rows > 24}>
        {Array.from({ length: rows }, (_, row) => (
          <li key={row} data-pointed={row === pointedRow}>
            {axisName(exchange, slice.query, row)}
          </li>
        ))}
      </ul>
      <div
        className="matrix-frame"
        role="presentation"
        ref={frameRef}
        onPointerMove={pointAt}
        onPointerLeave={() => {
          setCell(null);
          focusOn({ kind: 'none' });
        }}
      >
        <canvas
          ref={canvas}
          role="img"
          aria-label={`Attention of ${rows} ${slice.query}s to ${columns} ${slice.key}s; the table below has its numbers`}
        />
      </div>
      <p className="matrix-reading">
        {cell
          ? `${axisName(exchange, slice.query, cell.row)} → ${axisName(exchange, slice.key, cell.column)}: ${weightPercent(
              slice.weights.data[cell.row * columns + cell.column] ?? 0,
            )}`
          : `Rows: ${slice.query}s. Columns: ${slice.key}s, in order. Lightest: ${weightPercent(highest)}.`}
      </p>
    </div>
  );
}
