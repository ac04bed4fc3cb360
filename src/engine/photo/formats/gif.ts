import type { Bytes } from './bytes.ts';
import { plainFacts, type ImageFacts } from './image-facts.ts';

const EXTENSION = 0x21;
const GRAPHIC_CONTROL = 0xf9;
const FRAME = 0x2c;
const TRAILER = 0x3b;

export function isGif(bytes: Bytes): boolean {
  return bytes.text(0, 6) === 'GIF87a' || bytes.text(0, 6) === 'GIF89a';
}

export function readGif(bytes: Bytes): ImageFacts {
  const size = { width: bytes.u16LittleEndian(6), height: bytes.u16LittleEndian(8) };
  let frames = 0;
  let mayBeTransparent = false;
  let truncated = true;
  let offset = 13 + colourTableBytes(bytes.u8(10));
  while (bytes.has(offset, 1)) {
    const block = bytes.u8(offset);
    if (block === TRAILER) {
      truncated = false;
      break;
    }
    if (block === EXTENSION) {
      if (bytes.u8(offset + 1) === GRAPHIC_CONTROL) mayBeTransparent ||= (bytes.u8(offset + 3) & 1) === 1;
      offset = afterSubBlocks(bytes, offset + 2);
    } else if (block === FRAME) {
      frames += 1;
      // Descriptor, local colour table, code size, then the compressed data.
      offset = afterSubBlocks(bytes, offset + 11 + colourTableBytes(bytes.u8(offset + 9)));
    } else {
      break;
    }
  }
  return { ...plainFacts('gif', size), animated: frames > 1, mayBeTransparent, truncated };
}

function colourTableBytes(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}

function afterSubBlocks(bytes: Bytes, start: number): number {
  let offset = start;
  while (bytes.u8(offset) !== 0) offset += bytes.u8(offset) + 1;
  return offset + 1;
}
