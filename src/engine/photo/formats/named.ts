/** Formats of which nothing is known here but their first bytes: a decoder may read them, or a sentence names them. */
import type { Bytes } from './bytes.ts';
import type { ImageKind } from './image-facts.ts';

const SIGNATURES: readonly (readonly [ImageKind, string, number])[] = [
  ['jpeg-xl', '\u00ff\u000a', 0],
  ['jpeg-2000', '\u00ff\u004f\u00ff\u0051', 0],
  ['photoshop', '8BPS', 0],
  // Fujifilm, Panasonic, Sigma, Olympus, old Canon, Minolta.
  ['camera-raw', 'FUJIFILMCCD-RAW', 0],
  ['camera-raw', 'IIU\0', 0],
  ['camera-raw', 'FOVb', 0],
  ['camera-raw', 'IIRO', 0],
  ['camera-raw', 'IIRS', 0],
  ['camera-raw', 'MMOR', 0],
  ['camera-raw', 'HEAPCCDR', 6],
  ['camera-raw', '\0MRM', 0],
  ['icon', '\0\0\u0001\0', 0],
];
const LITTLE_ENDIAN_TIFF = 'II*\0';
const BIG_ENDIAN_TIFF = 'MM\0*';
/** BigTIFF. */
const LARGE_TIFFS = new Set(['II+\0', 'MM\0+']);
const ENTRY_BYTES = 12;
const MOST_ENTRIES = 200;
/** The version of DNG, and a pattern of colour filters: only raw files have them. */
const DNG_VERSION = 0xc6_12;
const FILTER_PATTERN = 0x82_8e;
const PARTS = 0x01_4a;
const MAKER = 0x01_0f;

export function namedKind(bytes: Bytes): ImageKind | null {
  const found = SIGNATURES.find(([, signature, at]) => bytes.text(at, signature.length) === signature);
  if (found) return found[0];
  const start = bytes.text(0, 4);
  if (LARGE_TIFFS.has(start)) return 'tiff';
  if (start !== LITTLE_ENDIAN_TIFF && start !== BIG_ENDIAN_TIFF) return null;
  // Canon's own mark behind the header.
  if (bytes.text(8, 2) === 'CR') return 'camera-raw';
  return isRaw(bytes, start === LITTLE_ENDIAN_TIFF) ? 'camera-raw' : 'tiff';
}

/** Nikon, Sony, Pentax and DNG are TIFF files whose first picture is a thumbnail and the rest below it. */
function isRaw(bytes: Bytes, isLittle: boolean): boolean {
  const u16 = (at: number): number => (isLittle ? bytes.u16LittleEndian(at) : bytes.u16(at));
  const directory = isLittle ? bytes.u32LittleEndian(4) : bytes.u32(4);
  const count = bytes.has(directory, 2) ? Math.min(u16(directory), MOST_ENTRIES) : 0;
  const tags = new Set(Array.from({ length: count }, (_, index) => u16(directory + 2 + index * ENTRY_BYTES)));
  return tags.has(DNG_VERSION) || tags.has(FILTER_PATTERN) || (tags.has(PARTS) && tags.has(MAKER));
}
