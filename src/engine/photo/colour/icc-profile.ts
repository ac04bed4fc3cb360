/** ICC profiles that are a curve for each channel and a matrix, or one curve for gray (ICC.1:2022). */
import { Bytes } from '../formats/bytes.ts';
import { curveOf, type ColourSpace } from './colour-space.ts';
import { D50_TO_SRGB, multiply } from './matrix.ts';

const HEADER_BYTES = 128;
const TAG_BYTES = 12;
const MOST_TAGS = 200;
/** Parameters of a curve by the number of its kind: g, a, b, c, d, e, f in the order in which they are stored. */
const PARAMETERS = [1, 3, 4, 5, 7];

/** Null for a profile of another kind, and for one that cannot be read. */
export function readIccProfile(profile: Uint8Array): ColourSpace | null {
  const bytes = new Bytes(profile);
  if (bytes.text(36, 4) !== 'acsp' || bytes.text(20, 4) !== 'XYZ ') return null;
  const tags = tagsOf(bytes);
  // Where a table of colours stands beside the matrix, it is the finer description.
  if (tags.has('A2B0') || tags.has('A2B1')) return null;
  const curve = (name: string): Float32Array | null => readCurve(bytes, tags.get(name));
  if (bytes.text(16, 4) === 'GRAY') {
    const gray = curve('kTRC');
    return gray && { curves: [gray, gray, gray], matrix: [1, 0, 0, 0, 1, 0, 0, 0, 1] };
  }
  if (bytes.text(16, 4) !== 'RGB ') return null;
  const [reds, greens, blues] = [curve('rTRC'), curve('gTRC'), curve('bTRC')];
  const columns = ['rXYZ', 'gXYZ', 'bXYZ'].map((name) => readXyz(bytes, tags.get(name)));
  if (!reds || !greens || !blues) return null;
  const toXyz = [0, 1, 2].flatMap((row) => columns.map((column) => column?.[row] ?? Number.NaN));
  const matrix = multiply(D50_TO_SRGB, toXyz);
  return matrix.every(Number.isFinite) ? { curves: [reds, greens, blues], matrix } : null;
}

function tagsOf(bytes: Bytes): ReadonlyMap<string, number> {
  const count = Math.min(bytes.u32(HEADER_BYTES), MOST_TAGS);
  const tags = Array.from({ length: count }, (_, index): [string, number] => {
    const entry = HEADER_BYTES + 4 + index * TAG_BYTES;
    return [bytes.text(entry, 4), bytes.u32(entry + 4)];
  });
  return new Map(tags);
}

function readXyz(bytes: Bytes, at: number | undefined): readonly number[] | null {
  if (at === undefined || bytes.text(at, 4) !== 'XYZ ' || !bytes.has(at, 20)) return null;
  return [8, 12, 16].map((offset) => fixed(bytes, at + offset));
}

function readCurve(bytes: Bytes, at: number | undefined): Float32Array | null {
  if (at === undefined) return null;
  if (bytes.text(at, 4) === 'para') return parametricCurve(bytes, at);
  if (bytes.text(at, 4) !== 'curv') return null;
  const count = bytes.u32(at + 8);
  if (!bytes.has(at + 12, 2 * count)) return null;
  if (count === 0) return curveOf((stored) => stored);
  if (count === 1) {
    const gamma = bytes.u16(at + 12) / 256;
    return curveOf((stored) => stored ** gamma);
  }
  return curveOf((stored) => {
    const place = stored * (count - 1);
    const below = Math.min(count - 2, Math.floor(place));
    const [low, high] = [0, 2].map((next) => bytes.u16(at + 12 + 2 * below + next) / 65_535);
    return (low ?? 0) + (place - below) * ((high ?? 0) - (low ?? 0));
  });
}

function parametricCurve(bytes: Bytes, at: number): Float32Array | null {
  const kind = bytes.u16(at + 8);
  const count = PARAMETERS[kind];
  if (count === undefined || !bytes.has(at + 12, 4 * count)) return null;
  const [g = 1, a = 1, b = 0, c = 0, d = 0, e = 0, f = 0] = Array.from({ length: count }, (_, index) =>
    fixed(bytes, at + 12 + 4 * index),
  );
  const power = (stored: number): number => Math.max(0, a * stored + b) ** g;
  switch (kind) {
    case 0:
      return curveOf((stored) => stored ** g);
    case 1:
      return curveOf((stored) => (stored >= -b / a ? power(stored) : 0));
    case 2:
      return curveOf((stored) => (stored >= -b / a ? power(stored) + c : c));
    case 3:
      return curveOf((stored) => (stored >= d ? power(stored) : c * stored));
    default:
      return curveOf((stored) => (stored >= d ? power(stored) + e : c * stored + f));
  }
}

/** 15 bits before the point and a sign, 16 behind it. */
function fixed(bytes: Bytes, at: number): number {
  return (bytes.u32(at) | 0) / 65_536;
}
