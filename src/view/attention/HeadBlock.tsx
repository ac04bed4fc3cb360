/** Every layer and head of one module, painted; one key or click opens a head. */
import { useCallback, useId, useMemo, useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { drawHeadGrid, gridSize, headAt, headRect, layOutHeads, type GridPen } from '../../draw/head-grid.ts';
import type { AttentionModule } from '../../core/types.ts';
import { moduleName } from '../../session/words/attention-words.ts';
import { reachesAnswer } from '../../session/inquiry/select-attention.ts';
import { clampCell, isSameCell, nextCell, type GridCell } from '../grid-cursor.ts';
import { useCanvas } from '../use-canvas.ts';
import { useElementSize } from '../use-element-size.ts';
import type { HeadColoring } from './head-coloring.ts';
import { headColumns, layerAndHead, type ShownHead } from './head-words.ts';

interface HeadBlockProps {
  readonly module: AttentionModule;
  readonly layers: number;
  readonly heads: number;
  /** Null until there is something to show. */
  readonly coloring: HeadColoring | null;
  /** The head that photo and matrix show, where it is one of this module. */
  readonly opened: GridCell | null;
  /** Where the keyboard stands, where it is in this module. */
  readonly cursor: GridCell | null;
  readonly onCursor: (cell: GridCell) => void;
  readonly onLeave: (step: 1 | -1, column: number) => void;
  readonly onPoint: (head: ShownHead | null) => void;
  readonly onOpen: (head: ShownHead) => void;
}

export function HeadBlock(props: HeadBlockProps) {
  const { module, layers, heads, coloring, opened, cursor, onCursor, onLeave, onPoint, onOpen } = props;
  const id = useId();
  const frameRef = useRef<HTMLDivElement>(null);
  const { width } = useElementSize(frameRef);
  const grid = useMemo(() => layOutHeads(layers, heads, width), [layers, heads, width]);
  const size = useMemo(() => gridSize(grid), [grid]);
  const shape = { rows: layers, columns: heads + 1 };
  const active = clampCell(cursor ?? opened ?? { row: layers - 1, column: 0 }, shape);
  const headOf = ({ row, column }: GridCell): ShownHead => ({
    module,
    layer: row,
    head: column === 0 ? 'mean' : column - 1,
  });

  const paint = useCallback(
    (pen: GridPen) => {
      if (!coloring) return;
      const values = Array.from({ length: layers }, (_, layer) =>
        headColumns(heads).map((head) => coloring.value({ module, layer, head })),
      );
      const { lowest, highest } = coloring;
      const isDead = (layer: number) => !reachesAnswer(module, { layer, layers });
      drawHeadGrid(pen, grid, { values, lowest, highest, isDead });
    },
    [coloring, grid, module, layers, heads],
  );
  const canvas = useCanvas(size, paint);

  const cellUnder = (event: PointerEvent | React.MouseEvent) => {
    const bounds = event.currentTarget.getBoundingClientRect();
    return headAt(grid, event.clientX - bounds.left, event.clientY - bounds.top);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextCell(event, active, shape);
    if (event.key === 'Enter' || event.key === ' ') onOpen(headOf(active));
    else if (event.key === 'PageDown' || (event.key === 'ArrowDown' && active.row === layers - 1)) {
      onLeave(1, active.column);
    } else if (event.key === 'PageUp' || (event.key === 'ArrowUp' && active.row === 0)) {
      onLeave(-1, active.column);
    } else if (next) onCursor(next);
    else return;
    event.preventDefault();
  };

  const activeRect = headRect(grid, active);
  const openedRect = opened && headRect(grid, clampCell(opened, shape));
  return (
    <div className="head-block" data-opened={opened !== null}>
      <h4 id={`${id}-title`}>{moduleName(module)}</h4>
      <div className="head-block-body" ref={frameRef}>
        <div
          className="head-grid"
          role="grid"
          tabIndex={cursor ? 0 : -1}
          aria-labelledby={`${id}-title`}
          aria-rowcount={layers}
          aria-colcount={heads + 1}
          aria-activedescendant={`${id}-${active.row}-${active.column}`}
          data-module={module}
          style={size}
          onKeyDown={onKeyDown}
          onFocus={() => onCursor(active)}
          onBlur={() => onPoint(null)}
          onPointerMove={(event) => {
            const cell = cellUnder(event);
            onPoint(cell && headOf(cell));
          }}
          onPointerLeave={() => onPoint(null)}
          onClick={(event) => {
            const cell = cellUnder(event);
            if (!cell) return;
            onCursor(cell);
            onOpen(headOf(cell));
          }}
        >
          <canvas ref={canvas} aria-hidden="true" />
          {openedRect && <div className="head-opened" style={rectStyle(openedRect)} aria-hidden="true" />}
          <div role="row" aria-rowindex={active.row + 1}>
            <div
              key={`${active.row}-${active.column}`}
              id={`${id}-${active.row}-${active.column}`}
              role="gridcell"
              className="head-cursor"
              aria-colindex={active.column + 1}
              aria-selected={isSameCell(active, opened)}
              aria-label={`${layerAndHead(headOf(active))}: ${coloring?.words(headOf(active)) ?? ''}`}
              style={rectStyle(activeRect)}
            />
          </div>
        </div>
      </div>
    </div>
  );
}

function rectStyle({ x, y, width, height }: ReturnType<typeof headRect>) {
  return { left: x, top: y, width: width - 1, height: height - 1 };
}
