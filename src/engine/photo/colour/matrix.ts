/** Three by three, row by row. */
export type Matrix = readonly number[];

/** XYZ as profiles connect by it (D50) to linear sRGB; IEC 61966-2-1 adapted by Bradford. */
export const D50_TO_SRGB: Matrix = [
  3.133_856_1, -1.616_866_7, -0.490_614_6, -0.978_768_4, 1.916_141_5, 0.033_454, 0.071_945_3, -0.228_991_4,
  1.405_242_7,
];

export function multiply(left: Matrix, right: Matrix): Matrix {
  return left.map((_, index) => {
    const row = index - (index % 3);
    const column = index % 3;
    return [0, 1, 2].reduce(
      (sum, inner) => sum + (left[row + inner] ?? 0) * (right[3 * inner + column] ?? 0),
      0,
    );
  });
}

/** Null for a matrix that has none. */
export function inverse([
  a = 0,
  b = 0,
  c = 0,
  d = 0,
  e = 0,
  f = 0,
  g = 0,
  h = 0,
  i = 0,
]: Matrix): Matrix | null {
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  if (!Number.isFinite(determinant) || Math.abs(determinant) < 1e-12) return null;
  return [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ].map((value) => value / determinant);
}
