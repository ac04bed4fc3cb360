import { crc32 } from '../../../bytes/crc32.ts';
import type { ColourSource } from '../colour/colour-source.ts';
import { codedColours } from '../colour/chromaticities.ts';
import { overwrite, u32Bytes, type ByteEdit } from './byte-edits.ts';
import type { Bytes } from './bytes.ts';
import { readExifOrientation } from './exif.ts';
import { plainFacts, type ImageFacts, type Orientation } from './image-facts.ts';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Length, name and checksum around a chunk's data. */
const CHUNK_FRAME_BYTES = 12;
/** The gamma that goes for sRGB. */
const USUAL_GAMMA = 45_455;
const SRGB_PLACES = [31_270, 32_900, 64_000, 33_000, 30_000, 60_000, 15_000, 6000];
const SAME_PLACE = 1000;
const SAME_GAMMA = 500;
const COLOUR_CHUNKS: ReadonlySet<string> = new Set(['cICP', 'iCCP', 'sRGB', 'gAMA', 'cHRM']);
/** By colour type. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const NOTHING = new Uint8Array();
/** An empty IEND chunk with its checksum. */
const END = Uint8Array.of(0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82);

export function isPng(bytes: Bytes): boolean {
  return bytes.startsWith(SIGNATURE);
}

/** Walks the chunks up to the end of the picture. */
export function readPng(bytes: Bytes): ImageFacts {
  let size: ImageFacts['size'] = null;
  let rowBits = 0;
  let animated = false;
  let mayBeTransparent = false;
  let alphaChannels: 2 | 4 | null = null;
  let isEnded = false;
  let orientation: Orientation = 1;
  /** Where the data of a chunk starts. */
  const colourChunks = new Map<string, number>();
  const pictureData: Uint8Array[] = [];
  const edits: ByteEdit[] = [];
  const colourEdits: ByteEdit[] = [];
  let offset = SIGNATURE.length;
  while (!isEnded && bytes.has(offset, 8)) {
    const end = offset + CHUNK_FRAME_BYTES + bytes.u32(offset);
    const name = bytes.text(offset + 4, 4);
    const data = offset + 8;
    if (name === 'IDAT') pictureData.push(bytes.slice(data, bytes.u32(offset)));
    if (end > bytes.length) break;
    if (name === 'IHDR') {
      const colourType = bytes.u8(offset + 17);
      size = { width: bytes.u32(data), height: bytes.u32(data + 4) };
      rowBits = size.width * bytes.u8(offset + 16) * (CHANNELS[colourType] ?? 1);
      mayBeTransparent = colourType === 4 || colourType === 6;
      const isPlain = bytes.u8(offset + 16) === 8 && bytes.u8(offset + 20) === 0;
      if (isPlain && mayBeTransparent) alphaChannels = colourType === 4 ? 2 : 4;
    }
    if (name === 'tRNS') mayBeTransparent = true;
    if (name === 'acTL') animated = bytes.u32(data) > 1;
    if (name === 'IEND') isEnded = true;
    const isColour = COLOUR_CHUNKS.has(name);
    if (isColour) colourChunks.set(name, data);
    if (name === 'eXIf') ({ orientation } = readExifOrientation(bytes, data));
    const removal = { at: offset, removed: end - offset, inserted: NOTHING };
    if (isColour) colourEdits.push(removal);
    if (name === 'eXIf') edits.push(removal);
    offset = end;
  }
  return {
    ...plainFacts('png', size),
    animated,
    mayBeTransparent,
    truncated: !isEnded,
    orientation,
    colours: coloursOf(bytes, colourChunks),
    colourEdits,
    alphaRows: isEnded && alphaChannels ? { parts: pictureData, channels: alphaChannels } : null,
    edits: isEnded ? edits : [...edits, ...endAt(bytes, offset)],
    rest: isEnded ? null : { by: 'packed-rows', parts: pictureData, needed: rowBytes(rowBits, size) },
  };
}

/** @param offset of the first chunk that is not whole, or the end of the file */
function endAt(bytes: Bytes, offset: number): readonly ByteEdit[] {
  const data = offset + 8;
  const isPicture = bytes.text(offset + 4, 4) === 'IDAT' && bytes.has(data, 1);
  if (!isPicture) return [{ at: offset, removed: bytes.length - offset, inserted: END }];
  const length = Math.min(bytes.u32(offset), bytes.length - data);
  const checksum = u32Bytes(crc32(bytes.slice(offset + 4, 4 + length)));
  const after = data + length;
  const inserted = Uint8Array.from([...checksum, ...END]);
  return [overwrite(offset, u32Bytes(length)), { at: after, removed: bytes.length - after, inserted }];
}

/** Of all rows, unpacked; a byte before each names its filter. */
function rowBytes(rowBits: number, size: ImageFacts['size']): number {
  return (size?.height ?? 0) * (1 + Math.ceil(rowBits / 8));
}

function coloursOf(bytes: Bytes, chunks: ReadonlyMap<string, number>): ColourSource | null {
  const coded = chunks.get('cICP');
  if (coded !== undefined) return codedColours(bytes.u8(coded), bytes.u8(coded + 1));
  const profile = chunks.get('iCCP');
  if (profile !== undefined) return packedProfile(bytes, profile);
  const gamma = chunks.get('gAMA');
  if (chunks.has('sRGB') || gamma === undefined) return null;
  return placesOf(bytes, bytes.u32(gamma), chunks.get('cHRM'));
}

/** A name that ends with 0, the number of the method, then the packed profile. */
function packedProfile(bytes: Bytes, data: number): ColourSource {
  const packed = bytes.indexOf(0, data) + 2;
  const end = data + bytes.u32(data - 8);
  return { by: 'profile', profile: bytes.slice(packed, end - packed), isDeflated: true };
}

function placesOf(bytes: Bytes, gamma: number, data: number | undefined): ColourSource | null {
  const stored =
    data === undefined ? SRGB_PLACES : SRGB_PLACES.map((_, index) => bytes.u32(data + 4 * index));
  const isUsual = stored.every((value, index) => Math.abs(value - (SRGB_PLACES[index] ?? 0)) <= SAME_PLACE);
  if (gamma === 0 || (isUsual && Math.abs(gamma - USUAL_GAMMA) <= SAME_GAMMA)) return null;
  const place = (index: number): readonly [number, number] => [
    (stored[index] ?? 0) / 100_000,
    (stored[index + 1] ?? 0) / 100_000,
  ];
  const chromaticities = { white: place(0), red: place(2), green: place(4), blue: place(6) };
  return { by: 'chromaticities', chromaticities, gamma: 100_000 / gamma };
}
