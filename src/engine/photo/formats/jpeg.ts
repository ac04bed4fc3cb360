import type { Bytes } from './bytes.ts';
import { plainFacts, type ImageFacts } from './image-facts.ts';

const MARKER = 0xff;
const START_OF_IMAGE = 0xd8;
const END_OF_IMAGE = 0xd9;

const isFrameHeader = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
/** Stuffed zeros and restart markers stand inside the compressed data. */
const isInsideScan = (marker: number): boolean => marker === 0 || (marker >= 0xd0 && marker <= 0xd7);
const isAlone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= START_OF_IMAGE);

export function isJpeg(bytes: Bytes): boolean {
  return bytes.startsWith([MARKER, START_OF_IMAGE, MARKER]);
}

/** Walks the segments up to the end of the picture; what a phone appends after it does not count. */
export function readJpeg(bytes: Bytes): ImageFacts {
  let size: ImageFacts['size'] = null;
  let cmyk = false;
  let complete = false;
  let offset = bytes.indexOf(MARKER, 2);
  while (offset >= 0 && !complete) {
    const marker = bytes.u8(offset + 1);
    if (isFrameHeader(marker) && bytes.has(offset, 10)) {
      size = { width: bytes.u16(offset + 7), height: bytes.u16(offset + 5) };
      cmyk = bytes.u8(offset + 9) === 4;
    }
    complete = marker === END_OF_IMAGE;
    // After the header of a scan this search runs through the scan's compressed data.
    offset = bytes.indexOf(MARKER, offset + markerBytes(bytes, offset));
  }
  return { ...plainFacts('jpeg', size), cmyk, truncated: !complete || size === null };
}

/** From a marker to where the next one may start. */
function markerBytes(bytes: Bytes, offset: number): number {
  const marker = bytes.u8(offset + 1);
  if (marker === MARKER) return 1; // fill byte
  if (isInsideScan(marker) || isAlone(marker)) return 2;
  return 2 + bytes.u16(offset + 2);
}
