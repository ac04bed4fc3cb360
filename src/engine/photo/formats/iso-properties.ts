/** What an AVIF or HEIC file says of its picture: size, how to turn it, colours (ISO/IEC 23008-12). */
import { codedColours } from '../colour/chromaticities.ts';
import type { ColourSource } from '../colour/colour-source.ts';
import { latin1, overwrite, type ByteEdit } from './byte-edits.ts';
import type { Bytes } from './bytes.ts';
import type { ImageFacts, Orientation } from './image-facts.ts';
import { boxesIn, boxIn, type Box } from './iso-boxes.ts';

/** A version and flags stand in front of what is inside. */
const FULL_BOX_BYTES = 4;
const SRGB_CODE = 1;
const SRGB_CURVE_CODE = 13;

export type ItemProperties = Pick<ImageFacts, 'size' | 'orientation' | 'colours' | 'edits' | 'colourEdits'>;

export function readItemProperties(bytes: Bytes): ItemProperties {
  const meta = boxIn(bytes, { data: 0, end: bytes.length }, 'meta');
  const properties = meta && boxIn(bytes, meta, 'iprp', FULL_BOX_BYTES);
  const container = properties && boxIn(bytes, properties, 'ipco');
  if (!meta || !properties || !container)
    return { size: null, orientation: 1, colours: null, edits: [], colourEdits: [] };
  const all = boxesIn(bytes, container.data, container.end);
  const own = primaryProperties(bytes, meta, properties).flatMap(({ number, mark }) => {
    const box = all[number - 1];
    return box ? [{ ...box, mark }] : [];
  });
  const turn = readTurn(bytes, own);
  const colours = readColours(bytes, own);
  return {
    size: largestSize(bytes, all),
    orientation: turn.orientation,
    colours: colours.colours,
    edits: turn.edits,
    colourEdits: colours.colourEdits,
  };
}

/** Tiles and thumbnails have sizes of their own; the picture is the largest. */
function largestSize(bytes: Bytes, all: readonly Box[]): ImageFacts['size'] {
  const sizes = all
    .filter(({ name }) => name === 'ispe')
    .map(({ data }) => ({ width: bytes.u32(data + 4), height: bytes.u32(data + 8) }));
  return sizes.toSorted((a, b) => b.width * b.height - a.width * a.height)[0] ?? null;
}

/** One of the picture's own. */
interface Property extends Box {
  /** Where the byte stands whose highest bit says that no reader may pass the property over. */
  readonly mark: number;
}

/** Properties of the picture itself; numbers count from 1. */
function primaryProperties(
  bytes: Bytes,
  meta: Box,
  properties: Box,
): readonly { readonly number: number; readonly mark: number }[] {
  const primary = boxIn(bytes, meta, 'pitm', FULL_BOX_BYTES);
  const table = boxIn(bytes, properties, 'ipma');
  if (!primary || !table) return [];
  const wanted = bytes.u8(primary.data) === 0 ? bytes.u16(primary.data + 4) : bytes.u32(primary.data + 4);
  const hasLongIds = bytes.u8(table.data) > 0;
  const hasLongNumbers = (bytes.u8(table.data + 3) & 1) === 1;
  let at = table.data + 8;
  for (let items = bytes.u32(table.data + 4); items > 0 && at < table.end; items -= 1) {
    const id = hasLongIds ? bytes.u32(at) : bytes.u16(at);
    at += hasLongIds ? 4 : 2;
    const count = bytes.u8(at);
    at += 1;
    const width = hasLongNumbers ? 2 : 1;
    if (id === wanted) {
      return Array.from({ length: count }, (_, index) => {
        const mark = at + index * width;
        return { number: hasLongNumbers ? bytes.u16(mark) & 0x7fff : bytes.u8(mark) & 0x7f, mark };
      });
    }
    at += count * width;
  }
  return [];
}

/** EXIF's number for a quarter turn against the clock so many times, and then a mirror. */
const TURNS = {
  none: [1, 8, 3, 6],
  topToBottom: [4, 5, 2, 7],
  leftToRight: [2, 7, 4, 5],
} as const satisfies Record<string, readonly Orientation[]>;

function readTurn(bytes: Bytes, own: readonly Property[]): Pick<ItemProperties, 'orientation' | 'edits'> {
  const rotation = own.find(({ name }) => name === 'irot');
  const mirror = own.find(({ name }) => name === 'imir');
  const quarters = rotation ? bytes.u8(rotation.data) & 3 : 0;
  const axis = mirror ? ((bytes.u8(mirror.data) & 1) === 0 ? 'topToBottom' : 'leftToRight') : 'none';
  const edits = [rotation, mirror].flatMap((property) => (property ? passedOver(bytes, property) : []));
  return { orientation: TURNS[axis][quarters] ?? 1, edits };
}

function readColours(
  bytes: Bytes,
  own: readonly Property[],
): Pick<ItemProperties, 'colours' | 'colourEdits'> {
  const boxes = own.filter(({ name }) => name === 'colr');
  const profile = boxes.find(({ data }) => ['prof', 'rICC'].includes(bytes.text(data, 4)));
  if (profile) {
    const start = profile.data + 4;
    const colours: ColourSource = {
      by: 'profile',
      profile: bytes.slice(start, profile.end - start),
      isDeflated: false,
    };
    return { colours, colourEdits: passedOver(bytes, profile) };
  }
  const coded = boxes.find(({ data }) => bytes.text(data, 4) === 'nclx');
  const colours = coded ? codedColours(bytes.u16(coded.data + 4), bytes.u16(coded.data + 6)) : null;
  if (!coded || !colours) return { colours, colourEdits: [] };
  const plain = Uint8Array.of(0, SRGB_CODE, 0, SRGB_CURVE_CODE);
  return { colours, colourEdits: [overwrite(coded.data + 4, plain)] };
}

/** Makes free space of it, which decoders pass over where they may. */
function passedOver(bytes: Bytes, { start, mark }: Property): readonly ByteEdit[] {
  return [overwrite(start + 4, latin1('free')), overwrite(mark, Uint8Array.of(bytes.u8(mark) & 0x7f))];
}
