import type { Bytes } from './bytes.ts';
import { overwrite, u32LittleEndianBytes } from './byte-edits.ts';
import { plainFacts, type ImageFacts } from './image-facts.ts';

const OLD_HEADER_BYTES = 12;
const NEWEST_HEADER_BYTES = 124;

export function isBmp(bytes: Bytes): boolean {
  const headerBytes = bytes.u32LittleEndian(14);
  return bytes.text(0, 2) === 'BM' && headerBytes >= OLD_HEADER_BYTES && headerBytes <= NEWEST_HEADER_BYTES;
}

export function readBmp(bytes: Bytes): ImageFacts {
  const isOld = bytes.u32LittleEndian(14) === OLD_HEADER_BYTES;
  const size = isOld
    ? { width: bytes.u16LittleEndian(18), height: bytes.u16LittleEndian(20) }
    : // A negative height means that rows run from the top.
      { width: bytes.u32LittleEndian(18), height: Math.abs(bytes.u32LittleEndian(22) | 0) };
  // A size of 0 in the header is allowed and says nothing.
  const truncated = bytes.u32LittleEndian(2) > bytes.length;
  return {
    ...plainFacts('bmp', size),
    mayBeTransparent: !isOld && bytes.u16LittleEndian(28) === 32,
    truncated,
    rest: truncated ? { by: 'flat-rows' } : null,
    edits: truncated ? [overwrite(2, u32LittleEndianBytes(bytes.length))] : [],
  };
}
