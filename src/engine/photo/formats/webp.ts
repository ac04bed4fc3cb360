import type { ColourSource } from '../colour/colour-source.ts';
import { latin1, overwrite, u32LittleEndianBytes, type ByteEdit } from './byte-edits.ts';
import type { Bytes } from './bytes.ts';
import { readExifOrientation } from './exif.ts';
import { plainFacts, type ImageFacts, type Orientation } from './image-facts.ts';

const RIFF_BYTES = 12;
const CHUNK_HEADER_BYTES = 8;
const ANIMATION = 0x02;
const ALPHA = 0x10;
const PROFILE = 0x20;

export function isWebp(bytes: Bytes): boolean {
  return bytes.text(0, 4) === 'RIFF' && bytes.text(8, 4) === 'WEBP';
}

/** The first chunk says what there is: lossy `VP8 `, lossless `VP8L`, or extended `VP8X` with flags. */
export function readWebp(bytes: Bytes): ImageFacts {
  const isShort = CHUNK_HEADER_BYTES + bytes.u32LittleEndian(4) > bytes.length;
  const { isCut, ...chunks } = readChunks(bytes);
  const common = { ...chunks, truncated: isShort || isCut };
  const chunk = bytes.text(12, 4);
  if (chunk === 'VP8X' && bytes.has(20, 10)) {
    const flags = bytes.u8(20);
    const size = { width: bytes.u24LittleEndian(24) + 1, height: bytes.u24LittleEndian(27) + 1 };
    return {
      ...plainFacts('webp', size),
      ...common,
      animated: (flags & ANIMATION) !== 0,
      mayBeTransparent: (flags & ALPHA) !== 0,
    };
  }
  if (chunk === 'VP8L' && bytes.has(20, 5)) {
    const packed = bytes.u32LittleEndian(21);
    const size = { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 };
    return { ...plainFacts('webp', size), ...common, mayBeTransparent: ((packed >>> 28) & 1) === 1 };
  }
  if (chunk === 'VP8 ' && bytes.has(20, 10)) {
    const size = {
      width: bytes.u16LittleEndian(26) & 0x3fff,
      height: bytes.u16LittleEndian(28) & 0x3fff,
    };
    return { ...plainFacts('webp', size), ...common };
  }
  return { ...plainFacts('webp', null), ...common, truncated: true };
}

function readChunks(bytes: Bytes): Pick<
  ImageFacts,
  'orientation' | 'colours' | 'edits' | 'colourEdits' | 'rest'
> & {
  readonly isCut: boolean;
} {
  let orientation: Orientation = 1;
  let colours: ColourSource | null = null;
  const edits: ByteEdit[] = [];
  const colourEdits: ByteEdit[] = [];
  let isCut = false;
  const isExtended = bytes.text(RIFF_BYTES, 4) === 'VP8X';
  for (let offset = RIFF_BYTES; bytes.has(offset, CHUNK_HEADER_BYTES);) {
    const name = bytes.text(offset, 4);
    const data = offset + CHUNK_HEADER_BYTES;
    const length = bytes.u32LittleEndian(offset + 4);
    isCut = data + length > bytes.length;
    if (isCut) edits.push(overwrite(offset + 4, u32LittleEndianBytes(bytes.length - data)));
    if (name === 'EXIF' && !isCut) {
      const exif = readExifOrientation(bytes, data);
      ({ orientation } = exif);
      edits.push(...exif.edits);
    }
    if (name === 'ICCP' && !isCut && isExtended) {
      colours = { by: 'profile', profile: bytes.slice(data, length), isDeflated: false };
      // Under another name, and without the flag that announces it, it is no profile.
      const flags = bytes.u8(RIFF_BYTES + CHUNK_HEADER_BYTES) & ~PROFILE;
      colourEdits.push(overwrite(RIFF_BYTES + CHUNK_HEADER_BYTES, Uint8Array.of(flags)));
      colourEdits.push(overwrite(offset, latin1('XCCP')));
    }
    offset = data + length + (length & 1);
  }
  const stated = bytes.u32LittleEndian(4) + CHUNK_HEADER_BYTES;
  if (stated > bytes.length)
    edits.push(overwrite(4, u32LittleEndianBytes(bytes.length - CHUNK_HEADER_BYTES)));
  return { orientation, colours, edits, colourEdits, rest: isCut ? { by: 'flat-rows' } : null, isCut };
}
