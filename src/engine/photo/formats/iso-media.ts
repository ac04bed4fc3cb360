/** AVIF, HEIC and videos share one container, whose first box names the brand. */
import type { Bytes } from './bytes.ts';
import { plainFacts, type ImageFacts } from './image-facts.ts';

/** The `ispe` boxes with the sizes stand in the metadata at the front. */
const METADATA_BYTES = 65_536;

const AVIF_BRANDS = new Set(['avif', 'avis']);
const HEIC_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']);
const SEQUENCE_BRANDS = new Set(['avis', 'hevc', 'hevx', 'msf1']);

export function isoMediaKind(bytes: Bytes): 'avif' | 'heic' | 'video' | null {
  if (bytes.text(4, 4) !== 'ftyp') return null;
  const brands = [bytes.text(8, 4)];
  const end = Math.min(bytes.u32(0), 256);
  for (let offset = 16; offset + 4 <= end; offset += 4) brands.push(bytes.text(offset, 4));
  if (brands.some((brand) => AVIF_BRANDS.has(brand))) return 'avif';
  if (brands.some((brand) => HEIC_BRANDS.has(brand))) return 'heic';
  return 'video';
}

export function readIsoMedia(bytes: Bytes, kind: 'avif' | 'heic'): ImageFacts {
  return {
    ...plainFacts(kind, largestSize(bytes)),
    animated: SEQUENCE_BRANDS.has(bytes.text(8, 4)),
    mayBeTransparent: true,
    truncated: endsInsideBox(bytes),
  };
}

/** Tiles and thumbnails have sizes of their own; the picture is the largest. */
function largestSize(bytes: Bytes): ImageFacts['size'] {
  let largest: ImageFacts['size'] = null;
  const end = Math.min(bytes.length, METADATA_BYTES) - 16;
  for (let offset = bytes.indexOf(0x69, 0); offset >= 0 && offset < end;) {
    if (bytes.text(offset, 4) === 'ispe') {
      const size = { width: bytes.u32(offset + 8), height: bytes.u32(offset + 12) };
      if (largest === null || size.width * size.height > largest.width * largest.height) largest = size;
    }
    offset = bytes.indexOf(0x69, offset + 1);
  }
  return largest;
}

function endsInsideBox(bytes: Bytes): boolean {
  let offset = 0;
  while (bytes.has(offset, 8)) {
    const length = bytes.u32(offset);
    if (length < 8) return false; // 0: up to the end of the file; 1: longer than 4 GB
    offset += length;
  }
  return offset > bytes.length;
}
