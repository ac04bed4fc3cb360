import type { Bytes } from './bytes.ts';
import { plainFacts, type ImageFacts } from './image-facts.ts';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Length, name and checksum around a chunk's data. */
const CHUNK_FRAME_BYTES = 12;

export function isPng(bytes: Bytes): boolean {
  return bytes.startsWith(SIGNATURE);
}

export function readPng(bytes: Bytes): ImageFacts {
  let size: ImageFacts['size'] = null;
  let animated = false;
  let mayBeTransparent = false;
  let truncated = true;
  let offset = SIGNATURE.length;
  while (truncated && bytes.has(offset, CHUNK_FRAME_BYTES)) {
    const end = offset + CHUNK_FRAME_BYTES + bytes.u32(offset);
    const name = bytes.text(offset + 4, 4);
    if (name === 'IHDR') {
      const colourType = bytes.u8(offset + 17);
      size = { width: bytes.u32(offset + 8), height: bytes.u32(offset + 12) };
      mayBeTransparent = colourType === 4 || colourType === 6;
    }
    if (name === 'tRNS') mayBeTransparent = true;
    if (name === 'acTL') animated = bytes.u32(offset + 8) > 1;
    if (name === 'IEND') truncated = end > bytes.length;
    offset = end;
  }
  return { ...plainFacts('png', size), animated, mayBeTransparent, truncated };
}
