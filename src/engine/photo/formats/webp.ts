import type { Bytes } from './bytes.ts';
import { plainFacts, type ImageFacts } from './image-facts.ts';

const ANIMATION = 0x02;
const ALPHA = 0x10;

export function isWebp(bytes: Bytes): boolean {
  return bytes.text(0, 4) === 'RIFF' && bytes.text(8, 4) === 'WEBP';
}

/** The first chunk says everything: lossy `VP8 `, lossless `VP8L`, or extended `VP8X` with flags. */
export function readWebp(bytes: Bytes): ImageFacts {
  const truncated = 8 + bytes.u32LittleEndian(4) > bytes.length;
  const chunk = bytes.text(12, 4);
  if (chunk === 'VP8X' && bytes.has(20, 10)) {
    const flags = bytes.u8(20);
    const size = { width: bytes.u24LittleEndian(24) + 1, height: bytes.u24LittleEndian(27) + 1 };
    return {
      ...plainFacts('webp', size),
      animated: (flags & ANIMATION) !== 0,
      mayBeTransparent: (flags & ALPHA) !== 0,
      truncated,
    };
  }
  if (chunk === 'VP8L' && bytes.has(20, 5)) {
    const packed = bytes.u32LittleEndian(21);
    const size = { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 };
    return { ...plainFacts('webp', size), mayBeTransparent: ((packed >>> 28) & 1) === 1, truncated };
  }
  if (chunk === 'VP8 ' && bytes.has(20, 10)) {
    const size = {
      width: bytes.u16LittleEndian(26) & 0x3fff,
      height: bytes.u16LittleEndian(28) & 0x3fff,
    };
    return { ...plainFacts('webp', size), truncated };
  }
  return { ...plainFacts('webp', null), truncated: true };
}
