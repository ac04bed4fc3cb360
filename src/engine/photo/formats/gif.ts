import type { Bytes } from './bytes.ts';
import { overwrite, type ByteEdit } from './byte-edits.ts';
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
  /** Of the last block that was begun. */
  let end: Blocks = { end: 0, cut: null };
  let offset = 13 + colourTableBytes(bytes.u8(10));
  while (bytes.has(offset, 1)) {
    const block = bytes.u8(offset);
    if (block === TRAILER) {
      truncated = false;
      break;
    }
    if (block === EXTENSION) {
      if (bytes.u8(offset + 1) === GRAPHIC_CONTROL) mayBeTransparent ||= (bytes.u8(offset + 3) & 1) === 1;
      end = throughSubBlocks(bytes, offset + 2);
    } else if (block === FRAME) {
      frames += 1;
      // Descriptor, local colour table, code size, then the compressed data.
      end = throughSubBlocks(bytes, offset + 11 + colourTableBytes(bytes.u8(offset + 9)));
    } else {
      break;
    }
    offset = end.end;
  }
  return {
    ...plainFacts('gif', size),
    animated: frames > 1,
    mayBeTransparent,
    truncated,
    edits: truncated ? endAt(bytes, end) : [],
    rest: end.cut !== null && frames === 1 ? { by: 'flat-rows' } : null,
  };
}

function colourTableBytes(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}

interface Blocks {
  readonly end: number;
  /** Where the length of a sub-block stands that goes on beyond the file; null when all are there. */
  readonly cut: number | null;
}

function throughSubBlocks(bytes: Bytes, start: number): Blocks {
  let offset = start;
  while (bytes.u8(offset) !== 0) {
    const next = offset + bytes.u8(offset) + 1;
    if (next > bytes.length) return { end: next, cut: offset };
    offset = next;
  }
  return { end: offset + 1, cut: null };
}

function endAt(bytes: Bytes, { end, cut }: Blocks): readonly ByteEdit[] {
  const isOpen = cut !== null || end > bytes.length;
  const left = cut === null ? 0 : bytes.length - cut - 1;
  const inserted = Uint8Array.from(isOpen && (cut === null || left > 0) ? [0, TRAILER] : [TRAILER]);
  // What stands behind the last whole block, if it is no block, gives way.
  const at = isOpen ? bytes.length : Math.min(end || bytes.length, bytes.length);
  const closing = { at, removed: bytes.length - at, inserted };
  return cut === null ? [closing] : [overwrite(cut, Uint8Array.of(left)), closing];
}
