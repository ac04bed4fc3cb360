/** AVIF, HEIC, some camera raws and videos share one container, whose first box names the brand. */
import type { Bytes } from './bytes.ts';
import { overwrite, u32Bytes, type ByteEdit } from './byte-edits.ts';
import { plainFacts, type ImageFacts } from './image-facts.ts';
import { boxesIn } from './iso-boxes.ts';
import { readItemProperties } from './iso-properties.ts';

const AVIF_BRANDS = new Set(['avif', 'avis']);
const HEIC_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']);
const SEQUENCE_BRANDS = new Set(['avis', 'hevc', 'hevx', 'msf1']);

export type IsoMediaKind = 'avif' | 'heic' | 'camera-raw' | 'jpeg-xl' | 'jpeg-2000' | 'video';

export function isoMediaKind(bytes: Bytes): IsoMediaKind | null {
  if (bytes.text(4, 4) === 'JXL ') return 'jpeg-xl';
  if (bytes.text(4, 4) === 'jP  ') return 'jpeg-2000';
  if (bytes.text(4, 4) !== 'ftyp') return null;
  const brands = [bytes.text(8, 4)];
  const end = Math.min(bytes.u32(0), 256);
  for (let offset = 16; offset + 4 <= end; offset += 4) brands.push(bytes.text(offset, 4));
  if (brands.some((brand) => AVIF_BRANDS.has(brand))) return 'avif';
  if (brands.some((brand) => brand === 'crx ')) return 'camera-raw';
  if (brands.some((brand) => HEIC_BRANDS.has(brand))) return 'heic';
  return 'video';
}

export function readIsoMedia(bytes: Bytes, kind: 'avif' | 'heic'): ImageFacts {
  const properties = readItemProperties(bytes);
  const end = endOfLastBox(bytes);
  return {
    ...plainFacts(kind, properties.size),
    animated: SEQUENCE_BRANDS.has(bytes.text(8, 4)),
    mayBeTransparent: true,
    truncated: end.length > 0,
    orientation: properties.orientation,
    colours: properties.colours,
    edits: [...properties.edits, ...end],
    colourEdits: properties.colourEdits,
    rest: end.length > 0 ? { by: 'flat-rows' } : null,
  };
}

/** Where the last box goes on beyond the file, the length that it has. */
function endOfLastBox(bytes: Bytes): readonly ByteEdit[] {
  const last = boxesIn(bytes, 0, bytes.length).at(-1);
  if (!last || last.end <= bytes.length) return [];
  return [overwrite(last.start, u32Bytes(bytes.length - last.start))];
}
