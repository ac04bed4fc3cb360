/** The one thing of an EXIF block that changes the picture: how it has to be turned. */
import { overwrite, type ByteEdit } from './byte-edits.ts';
import type { Bytes } from './bytes.ts';
import type { Orientation } from './image-facts.ts';

const ORIENTATION_TAG = 0x01_12;
const ENTRY_BYTES = 12;
const SHORT = 3;
const EXIF_NAME = 'Exif\0\0';

export interface ExifOrientation {
  readonly orientation: Orientation;
  /** Says of the stored picture that it is upright. */
  readonly edits: readonly ByteEdit[];
}

const UPRIGHT: ExifOrientation = { orientation: 1, edits: [] };

/** @param start of a TIFF header, or of the name that some formats put before it */
export function readExifOrientation(bytes: Bytes, start: number): ExifOrientation {
  const header = bytes.text(start, EXIF_NAME.length) === EXIF_NAME ? start + EXIF_NAME.length : start;
  const order = bytes.text(header, 2);
  if (order !== 'II' && order !== 'MM') return UPRIGHT;
  const u16 = (at: number): number => (order === 'II' ? bytes.u16LittleEndian(at) : bytes.u16(at));
  const u32 = (at: number): number => (order === 'II' ? bytes.u32LittleEndian(at) : bytes.u32(at));
  const directory = header + u32(header + 4);
  const entries = bytes.has(directory, 2) ? u16(directory) : 0;
  for (let index = 0; index < entries; index += 1) {
    const entry = directory + 2 + index * ENTRY_BYTES;
    if (!bytes.has(entry, ENTRY_BYTES)) break;
    if (u16(entry) !== ORIENTATION_TAG) continue;
    const value = u16(entry + 2) === SHORT ? u16(entry + 8) : u32(entry + 8);
    const at = entry + 8;
    const upright = order === 'II' ? [1, 0, 0, 0] : [0, 1, 0, 0];
    return isTurn(value)
      ? { orientation: value, edits: [overwrite(at, Uint8Array.from(upright)), ...asShort(order, entry)] }
      : UPRIGHT;
  }
  return UPRIGHT;
}

/** Some writers store it as four bytes. */
function asShort(order: string, entry: number): readonly ByteEdit[] {
  return [overwrite(entry + 2, Uint8Array.from(order === 'II' ? [SHORT, 0] : [0, SHORT]))];
}

function isTurn(value: number): value is Orientation {
  return Number.isInteger(value) && value >= 2 && value <= 8;
}
