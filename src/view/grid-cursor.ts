/**
 * Keys for a grid that is painted and not made of elements: the group has the focus, and one element stands for the
 * cell at the cursor (`aria-activedescendant`).
 */
export interface GridCell {
  readonly row: number;
  readonly column: number;
}

export interface GridShape {
  readonly rows: number;
  readonly columns: number;
}

const MOVES: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Where a key leads from `cell`, staying inside; null when it is not a key that moves. */
export function nextCell(
  { key, ctrlKey }: { readonly key: string; readonly ctrlKey: boolean },
  cell: GridCell,
  { rows, columns }: GridShape,
): GridCell | null {
  if (rows === 0 || columns === 0) return null;
  if (key === 'Home') return { row: ctrlKey ? 0 : cell.row, column: 0 };
  if (key === 'End') return { row: ctrlKey ? rows - 1 : cell.row, column: columns - 1 };
  const move = MOVES[key];
  if (!move) return null;
  return { row: within(cell.row + move[0], rows), column: within(cell.column + move[1], columns) };
}

export function isSameCell(a: GridCell | null, b: GridCell | null): boolean {
  return a?.row === b?.row && a?.column === b?.column;
}

/** The cell itself where the grid has it, else the nearest one it has. */
export function clampCell({ row, column }: GridCell, { rows, columns }: GridShape): GridCell {
  return { row: within(row, rows), column: within(column, columns) };
}

function within(index: number, count: number): number {
  return Math.max(0, Math.min(count - 1, index));
}
