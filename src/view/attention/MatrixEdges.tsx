/** The names along the edges of a matrix; screen readers hear them with each cell instead. */
import { axisName } from '../../session/words/attention-words.ts';
import type { ShownAttention } from '../../session/inquiry/show-attention.ts';

/** In CSS pixels; narrower columns are counted, and only every fifth of them. */
const NAMED_COLUMN = 13;
const COUNTED_BY = 5;
const DENSE_ROWS = 24;

interface MatrixRowsProps {
  readonly shown: ShownAttention;
  /** The row that photo and words show. */
  readonly read: number | null;
}

export function MatrixRows({ shown: { slice, exchange }, read }: MatrixRowsProps) {
  const [rows] = slice.weights.dims;
  return (
    <ul className="matrix-rows" aria-hidden="true" data-dense={rows > DENSE_ROWS}>
      {Array.from({ length: rows }, (_, row) => (
        <li key={row} data-pointed={row === read}>
          {axisName(exchange, slice.query, row)}
        </li>
      ))}
    </ul>
  );
}

interface MatrixColumnsProps extends MatrixRowsProps {
  /** Of all columns together, in CSS pixels. */
  readonly width: number;
}

export function MatrixColumns({ shown: { slice, exchange }, read, width }: MatrixColumnsProps) {
  const [, columns] = slice.weights.dims;
  const isNamed = width / columns >= NAMED_COLUMN;
  const nameOf = (column: number) => {
    if (isNamed) return axisName(exchange, slice.key, column);
    const isCounted = column === 0 || (column + 1) % COUNTED_BY === 0;
    return isCounted ? String(column + 1) : '';
  };
  return (
    <ul className="matrix-columns" aria-hidden="true" data-named={isNamed}>
      {Array.from({ length: columns }, (_, column) => (
        <li key={column} data-pointed={column === read}>
          {nameOf(column)}
        </li>
      ))}
    </ul>
  );
}
