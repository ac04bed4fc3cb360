/** How much of a picture is not there, of a file that ends before it should. */
import type { Pixels } from '../../core/types.ts';
import type { ByteEdit } from './formats/byte-edits.ts';
import type { Rest } from './formats/image-facts.ts';
import { inflatedBytes } from './inflate.ts';

/** Blocks of a JPEG are at most so many rows high. */
const BLOCK_ROWS = 16;

/** 0..1 */
export async function missingShare(
  rest: Rest,
  pixels: Pixels,
  decodeWith: (edits: readonly ByteEdit[]) => Promise<Pixels>,
): Promise<number> {
  switch (rest.by) {
    case 'filler':
      return await decodeWith(rest.edits).then(
        (filled) => shareFromFirstDifference(pixels, filled),
        // Nonsense is no picture: the decoder has said what it could to the file itself.
        () => flatShare(pixels),
      );
    case 'packed-rows': {
      const packed = await new Blob(rest.parts.map((part) => new Uint8Array(part))).arrayBuffer();
      return 1 - (await inflatedBytes(new Uint8Array(packed), rest.needed)) / rest.needed;
    }
    case 'flat-rows':
      return flatShare(pixels);
    default:
      return rest satisfies never;
  }
}

/** Blocks follow each other in rows: all that comes after the first that differs is missing. */
function shareFromFirstDifference(stored: Pixels, filled: Pixels): number {
  const { width, height } = stored;
  const [here, there] = [colours(stored), colours(filled)];
  const first = here.findIndex((pixel, index) => pixel !== there[index]);
  if (first === -1) return 0;
  const row = Math.floor(first / width);
  const top = row - (row % BLOCK_ROWS);
  const bottom = Math.min(height, top + BLOCK_ROWS);
  let differing = 0;
  for (let at = width * top; at < width * bottom; at += 1) if (here[at] !== there[at]) differing += 1;
  return (differing + width * (height - bottom)) / (width * height);
}

/** The rows at the bottom that are all of one colour. */
function flatShare(picture: Pixels): number {
  const { width, height } = picture;
  const pixels = colours(picture);
  const last = pixels.at(-1);
  const painted = pixels.findLastIndex((pixel) => pixel !== last);
  return (height - 1 - Math.floor(painted / width)) / height;
}

/** A number for each pixel. */
function colours({ data }: Pixels): Uint32Array {
  return new Uint32Array(data.buffer, data.byteOffset, data.length / 4);
}
