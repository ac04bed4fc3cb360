/** Small dense matrices in double precision, row-major. */

export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

export function zeros(rows: number, columns: number): Matrix {
  return { rows, columns, data: new Float64Array(rows * columns) };
}

export function identity(size: number): Matrix {
  const matrix = zeros(size, size);
  for (let i = 0; i < size; i += 1) matrix.data[i * size + i] = 1;
  return matrix;
}

/** @throws RangeError when the inner sizes differ. */
export function multiplied(left: Matrix, right: Matrix): Matrix {
  if (left.columns !== right.rows) {
    throw new RangeError(
      `a matrix of ${left.rows}×${left.columns} times one of ${right.rows}×${right.columns}`,
    );
  }
  const product = zeros(left.rows, right.columns);
  const { columns } = right;
  const [sums, factors] = [product.data, right.data];
  for (let row = 0; row < left.rows; row += 1) {
    const start = row * columns;
    for (let inner = 0; inner < left.columns; inner += 1) {
      const factor = left.data[row * left.columns + inner]!;
      const other = inner * columns;
      for (let column = 0; column < columns; column += 1) {
        sums[start + column]! += factor * factors[other + column]!;
      }
    }
  }
  return product;
}

/** `left + factor * right`. */
export function added(left: Matrix, right: Matrix, factor = 1): Matrix {
  const sum = left.data.slice();
  for (let i = 0; i < sum.length; i += 1) sum[i]! += factor * right.data[i]!;
  return { ...left, data: sum };
}

export function transposed({ rows, columns, data }: Matrix): Matrix {
  const turned = zeros(columns, rows);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      turned.data[column * rows + row] = data[row * columns + column]!;
    }
  }
  return turned;
}

/** Each row divided by its sum; a row whose sum is zero stays as it is. */
export function rowsNormalised({ rows, columns, data }: Matrix): Matrix {
  const normal = data.slice();
  for (let row = 0; row < rows; row += 1) {
    let sum = 0;
    for (let i = row * columns; i < (row + 1) * columns; i += 1) sum += normal[i]!;
    if (sum === 0) continue;
    for (let i = row * columns; i < (row + 1) * columns; i += 1) normal[i]! /= sum;
  }
  return { rows, columns, data: normal };
}
