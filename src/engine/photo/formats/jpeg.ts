import type { ColourSource } from '../colour/colour-source.ts';
import { overwrite, type ByteEdit } from './byte-edits.ts';
import type { Bytes } from './bytes.ts';
import { readExifOrientation } from './exif.ts';
import { plainFacts, type ImageFacts, type Orientation } from './image-facts.ts';

const MARKER = 0xff;
const START_OF_IMAGE = 0xd8;
const END_OF_IMAGE = 0xd9;
const START_OF_SCAN = 0xda;
/** EXIF, and the name of a profile before each of its parts. */
const APP1 = 0xe1;
const APP2 = 0xe2;
const EXIF = 'Exif\0';
const PROFILE = 'ICC_PROFILE\0';
/** In front of a profile's part: the name, its number, and how many there are. */
const PROFILE_FRAME_BYTES = PROFILE.length + 2;
const END = Uint8Array.of(MARKER, END_OF_IMAGE);
/** Compressed data of no meaning: where a picture is whole, a decoder passes it over. */
const FILLER = Uint8Array.from({ length: 4096 }, (_, index) => (index * 89 + 37) % 251);

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
  let scans = 0;
  let orientation: Orientation = 1;
  const profile: Uint8Array[] = [];
  const edits: ByteEdit[] = [];
  const colourEdits: ByteEdit[] = [];
  let offset = bytes.indexOf(MARKER, 2);
  while (offset >= 0 && !complete) {
    const marker = bytes.u8(offset + 1);
    const data = offset + 4;
    const length = bytes.u16(offset + 2);
    // Once the scans have begun, bytes that look like a header may be what a phone appended.
    if (scans === 0 && isFrameHeader(marker) && bytes.has(offset, 10)) {
      size = { width: bytes.u16(offset + 7), height: bytes.u16(offset + 5) };
      cmyk = bytes.u8(offset + 9) === 4;
    }
    if (scans === 0 && marker === APP1 && bytes.text(data, EXIF.length) === EXIF) {
      const exif = readExifOrientation(bytes, data);
      ({ orientation } = exif);
      edits.push(...exif.edits);
    }
    if (scans === 0 && marker === APP2 && bytes.text(data, PROFILE.length) === PROFILE) {
      profile.push(bytes.slice(data + PROFILE_FRAME_BYTES, length - 2 - PROFILE_FRAME_BYTES));
      // Under another name it is no profile.
      colourEdits.push(overwrite(data, Uint8Array.of(0)));
    }
    if (marker === START_OF_SCAN) scans += 1;
    complete = marker === END_OF_IMAGE;
    // After the header of a scan this search runs through the scan's compressed data.
    offset = bytes.indexOf(MARKER, offset + markerBytes(bytes, offset));
  }
  const end = { at: bytes.length, removed: 0, inserted: END };
  const filler = { at: bytes.length, removed: 0, inserted: Uint8Array.from([...FILLER, ...END]) };
  const isRefined = scans > 1; // what is there of the whole picture becomes finer with each scan
  return {
    ...plainFacts('jpeg', size),
    cmyk,
    truncated: !complete,
    orientation,
    colours: coloursOf(profile),
    colourEdits,
    edits: complete ? edits : [...edits, end],
    rest: complete || isRefined ? null : { by: 'filler', edits: [...edits, filler] },
  };
}

/** From a marker to where the next one may start. */
function markerBytes(bytes: Bytes, offset: number): number {
  const marker = bytes.u8(offset + 1);
  if (marker === MARKER) return 1; // fill byte
  if (isInsideScan(marker) || isAlone(marker)) return 2;
  return 2 + bytes.u16(offset + 2);
}

function coloursOf(parts: readonly Uint8Array[]): ColourSource | null {
  if (parts.length === 0) return null;
  const profile = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let filled = 0;
  for (const part of parts) {
    profile.set(part, filled);
    filled += part.length;
  }
  return { by: 'profile', profile, isDeflated: false };
}
