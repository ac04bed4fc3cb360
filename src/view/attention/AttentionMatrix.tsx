/** The opened head as a grid of weights: a row for each query, a column for each key, each with its number. */
import { useCallback, useId, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { weightPercent } from '../../core/percent.ts';
import { cellAt, drawMatrix } from '../../draw/matrix.ts';
import { axisName } from '../../session/words/attention-words.ts';
import { scaleEnd, type ShownAttention } from '../../session/inquiry/show-attention.ts';
import { clampCell, nextCell, type GridCell } from '../grid-cursor.ts';
import { useActions } from '../session-context.ts';
import { useCanvas } from '../use-canvas.ts';
import { useElementSize } from '../use-element-size.ts';
import { MatrixColumns, MatrixRows } from './MatrixEdges.tsx';

export function AttentionMatrix({ shown }: { readonly shown: ShownAttention }) {
  const { slice, exchange, focused } = shown;
  const highest = scaleEnd(slice.weights.data, shown, true);
  const { focusOn } = useActions();
  const id = useId();
  const frameRef = useRef<HTMLDivElement>(null);
  const frame = useElementSize(frameRef);
  const [rows, columns] = slice.weights.dims;
  const shape = { rows, columns };
  const [moved, setCursor] = useState<GridCell>({ row: 0, column: 0 });
  const cursor = clampCell(moved, shape);
  /** The cell that is read out in numbers: under the pointer or at the cursor. */
  const [read, setRead] = useState<GridCell | null>(null);
  const cell = read && clampCell(read, shape);

  const paint = useCallback(
    (context: CanvasRenderingContext2D, size: typeof frame) =>
      drawMatrix(context, slice.weights, highest, size),
    [slice, highest],
  );
  const canvas = useCanvas(frame, paint);

  const wordsOf = ({ row, column }: GridCell) =>
    `${axisName(exchange, slice.query, row)} → ${axisName(exchange, slice.key, column)}: ${weightPercent(
      slice.weights.data[row * columns + column] ?? 0,
    )}`;

  const readCell = (next: GridCell) => {
    setRead(next);
    focusOn({ kind: slice.query, index: next.row, locked: false });
  };
  const lockRow = ({ row }: GridCell) => focusOn({ kind: slice.query, index: row, locked: true });
  const stopReading = () => {
    setRead(null);
    focusOn({ kind: 'none' });
  };
  const cellUnder = (event: MouseEvent) => {
    const bounds = event.currentTarget.getBoundingClientRect();
    return cellAt([rows, columns], bounds, event.clientX - bounds.left, event.clientY - bounds.top);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextCell(event, cursor, shape);
    if (next) {
      setCursor(next);
      readCell(next);
    } else if (event.key === 'Enter') lockRow(cursor);
    else if (event.key === ' ') focusOn({ kind: slice.key, index: cursor.column, locked: true });
    else return;
    event.preventDefault();
  };

  return (
    <div className="matrix">
      <p className="matrix-reading">
        {cell
          ? wordsOf(cell)
          : `Rows: ${slice.query}s. Columns: ${slice.key}s. Point at a cell for its number; a click locks its row.`}
      </p>
      <MatrixColumns shown={shown} read={cell?.column ?? null} width={frame.width} />
      <MatrixRows shown={shown} read={focused.direction === 'from' ? focused.focus.index : null} />
      <div
        className="matrix-frame"
        role="grid"
        tabIndex={0}
        aria-label={`Attention of ${rows} ${slice.query}s to ${columns} ${slice.key}s`}
        aria-rowcount={rows}
        aria-colcount={columns}
        aria-activedescendant={`${id}-${cursor.row}-${cursor.column}`}
        ref={frameRef}
        onKeyDown={onKeyDown}
        onFocus={({ currentTarget }) => {
          if (currentTarget.matches(':focus-visible')) readCell(cursor);
        }}
        onBlur={stopReading}
        onPointerMove={(event) => {
          const under = cellUnder(event);
          if (under) readCell(under);
        }}
        onPointerLeave={stopReading}
        onClick={(event) => {
          const under = cellUnder(event);
          if (!under) return;
          setCursor(under);
          lockRow(under);
        }}
      >
        <canvas ref={canvas} aria-hidden="true" />
        {cell && <div className="matrix-cell" style={cellStyle(cell, shape)} aria-hidden="true" />}
        <div role="row" aria-rowindex={cursor.row + 1}>
          <div
            key={`${cursor.row}-${cursor.column}`}
            id={`${id}-${cursor.row}-${cursor.column}`}
            role="gridcell"
            className="matrix-cursor"
            aria-colindex={cursor.column + 1}
            aria-label={wordsOf(cursor)}
            style={cellStyle(cursor, shape)}
          />
        </div>
      </div>
    </div>
  );
}

/** Where a cell lies, in parts of the frame. */
function cellStyle({ row, column }: GridCell, { rows, columns }: { rows: number; columns: number }) {
  return {
    left: `${(column / columns) * 100}%`,
    top: `${(row / rows) * 100}%`,
    width: `${100 / columns}%`,
    height: `${100 / rows}%`,
  };
}
