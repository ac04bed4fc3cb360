/** Colour spaces that are named by the places of their primaries in the CIE 1931 diagram. */
import type { ColourSource } from './colour-source.ts';
import { curveOf, decodeSrgb, type ColourSpace } from './colour-space.ts';
import { D50_TO_SRGB, inverse, multiply, type Matrix } from './matrix.ts';

/** x and y of red, green, blue and white. */
export interface Chromaticities {
  readonly red: readonly [number, number];
  readonly green: readonly [number, number];
  readonly blue: readonly [number, number];
  readonly white: readonly [number, number];
}

const D65 = [0.3127, 0.329] as const;
/** sRGB's own number, and “unspecified”. */
const UNSAID = new Set([1, 2]);
/** As ITU-T H.273 numbers them. */
const CODED: ReadonlyMap<number, Chromaticities> = new Map([
  [1, { red: [0.64, 0.33], green: [0.3, 0.6], blue: [0.15, 0.06], white: D65 }],
  [9, { red: [0.708, 0.292], green: [0.17, 0.797], blue: [0.131, 0.046], white: D65 }],
  [12, { red: [0.68, 0.32], green: [0.265, 0.69], blue: [0.15, 0.06], white: D65 }],
]);
/** BT.709's curve and its kin are shown as sRGB's. */
const TRANSFERS: ReadonlyMap<number, number | null> = new Map<number, number | null>([
  ...[1, 6, 13, 14, 15].map((code): [number, null] => [code, null]),
  [4, 2.2],
  [5, 2.8],
  [8, 1],
]);

/** Null for what goes for sRGB: the same primaries, or none named. */
export function codedColours(primaries: number, transfer: number): ColourSource | null {
  const gamma = TRANSFERS.get(transfer);
  if (UNSAID.has(primaries) && (gamma === null || UNSAID.has(transfer))) return null;
  const chromaticities = CODED.get(primaries);
  return chromaticities && gamma !== undefined
    ? { by: 'chromaticities', chromaticities, gamma }
    : { by: 'other' };
}

const BRADFORD: Matrix = [0.8951, 0.2664, -0.1614, -0.7502, 1.7135, 0.0367, 0.0389, -0.0685, 1.0296];
const D50_WHITE = [0.9642, 1, 0.8249] as const;

/** Null when the places name no colours at all. */
export function colourSpaceOf(chromaticities: Chromaticities, gamma: number | null): ColourSpace | null {
  const { red, green, blue, white } = chromaticities;
  const [r, g, b, w] = [xyz(red), xyz(green), xyz(blue), xyz(white)];
  const primaries: Matrix = [r[0], g[0], b[0], r[1], g[1], b[1], r[2], g[2], b[2]];
  const unmixed = inverse(primaries);
  if (!unmixed) return null;
  const amounts = apply(unmixed, w);
  const toXyz = primaries.map((value, index) => value * (amounts[index % 3] ?? 0));
  const matrix = multiply(D50_TO_SRGB, multiply(adaptation(w), toXyz));
  if (!matrix.every(Number.isFinite)) return null;
  const curve = curveOf((stored) => (gamma === null ? decodeSrgb(stored) : stored ** gamma));
  return { curves: [curve, curve, curve], matrix };
}

type Triple = readonly [number, number, number];

function xyz([x, y]: readonly [number, number]): Triple {
  return [x / y, 1, (1 - x - y) / y];
}

function adaptation(white: Triple): Matrix {
  const from = apply(BRADFORD, white);
  const to = apply(BRADFORD, D50_WHITE);
  const gains = [0, 1, 2].map((index) => (to[index] ?? 0) / (from[index] ?? 1));
  const scaled = BRADFORD.map((value, index) => value * (gains[Math.floor(index / 3)] ?? 1));
  return multiply(inverse(BRADFORD) ?? BRADFORD, scaled);
}

function apply(matrix: Matrix, [x, y, z]: Triple): Triple {
  const row = (first: number): number =>
    (matrix[first] ?? 0) * x + (matrix[first + 1] ?? 0) * y + (matrix[first + 2] ?? 0) * z;
  return [row(0), row(3), row(6)];
}
