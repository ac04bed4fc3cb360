/** Boxes within boxes: a length, a name, and what is inside (ISO/IEC 14496-12). */
import type { Bytes } from './bytes.ts';

export interface Box {
  readonly name: string;
  /** Of its length, which stands in front of its name. */
  readonly start: number;
  /** Of what is inside. */
  readonly data: number;
  /** As its length says: it may lie beyond the end of the file. */
  readonly end: number;
}

const HEADER_BYTES = 8;

export function boxesIn(bytes: Bytes, from: number, to: number): readonly Box[] {
  const boxes: Box[] = [];
  for (let start = from; start + HEADER_BYTES <= to && bytes.has(start, HEADER_BYTES);) {
    const length = bytes.u32(start);
    const isLong = length === 1; // eight bytes more of length
    const data = start + (isLong ? 2 * HEADER_BYTES : HEADER_BYTES);
    const end = length === 0 ? to : start + (isLong ? bytes.u32(start + 12) : length);
    if (end < data) break;
    boxes.push({ name: bytes.text(start + 4, 4), start, data, end });
    start = end;
  }
  return boxes;
}

export function boxIn(bytes: Bytes, outer: Pick<Box, 'data' | 'end'>, name: string, skipped = 0): Box | null {
  return boxesIn(bytes, outer.data + skipped, outer.end).find((box) => box.name === name) ?? null;
}
