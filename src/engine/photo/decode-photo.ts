/**
 * A photo file to upright, opaque sRGB pixels, the same whoever decodes it. What decoders see differently, the way up,
 * colours and a file's end, is read here and taken out of the file; they are left with the pixels as stored.
 */
import { VqaError } from '../../core/errors.ts';
import type { ImageNotice, Pixels } from '../../core/types.ts';
import { fetchCode } from '../pack/fetch-code.ts';
import { checkImage, noticesOf } from './check-image.ts';
import type { ColourSource, Meaning } from './colour/colour-source.ts';
import { flattenOnWhite } from './flatten-alpha.ts';
import { applyEdits, type ByteEdit } from './formats/byte-edits.ts';
import type { ImageFacts, ImageKind, Orientation } from './formats/image-facts.ts';

export interface PhotoDecoder {
  /** As sentences call it. */
  readonly name: string;
  /**
   * Straight (not premultiplied) RGBA. @param convertsColours whether the file's own words about colours are to be heeded
   * @throws what it likes for a file that it does not read, VqaError for a picture that is too large.
   */
  readonly decode: (file: Uint8Array, convertsColours: boolean) => Promise<Pixels>;
}

export interface PhotoPixels {
  readonly pixels: Pixels;
  readonly notices: readonly ImageNotice[];
}

export interface DecodedPhoto extends PhotoPixels {
  /** How the stored picture was turned, which nobody else may know of. */
  readonly orientation: Orientation;
}

/** Kinds whose colours and way up are read here. */
const READ_HERE: ReadonlySet<ImageKind> = new Set(['jpeg', 'png', 'gif', 'webp', 'avif', 'heic', 'bmp']);
/** Beyond this share of the picture a file is refused; below it, it is looked at with a notice. */
export const MOST_MISSING = 0.25;

/** @throws VqaError `image-…`, with a sentence that says what the file is */
export async function decodePhoto(
  file: Uint8Array,
  decoder: PhotoDecoder,
  signal?: AbortSignal,
): Promise<DecodedPhoto> {
  const facts = await checkImage(file);
  const colours = await readColours(facts.colours);
  signal?.throwIfAborted();
  const isForeign = colours === 'foreign';
  const decodeWith = async (edits: readonly ByteEdit[]): Promise<Pixels> => {
    const plain = applyEdits(file, isForeign ? edits : [...edits, ...facts.colourEdits]);
    try {
      // What a file of a kind that is not read here says of its colours, its decoder has to heed.
      return await decoder.decode(plain, isForeign || !READ_HERE.has(facts.kind));
    } catch (thrown) {
      if (thrown instanceof VqaError) throw thrown;
      const { undecodable } = await refusing();
      throw undecodable(facts, file.length, decoder.name, thrown);
    }
  };
  const stored = await decodeWith(facts.edits);
  signal?.throwIfAborted();
  const missing = await missingOf(facts, stored, decodeWith);
  if (missing > MOST_MISSING) {
    const { truncated } = await refusing();
    throw truncated(facts, file.length, missing);
  }
  await straightened(facts, stored);
  if (typeof colours === 'function') colours(stored.data);
  const hadTransparency = facts.mayBeTransparent && flattenOnWhite(stored.data);
  return {
    pixels: await turned(stored, facts.orientation),
    notices: noticesOf(facts, hadTransparency),
    orientation: facts.orientation,
  };
}

/** What most photos have no use for is fetched by the first that does: a refusal, other colours, a missing end, a turn. */
const refusing = () => fetchCode(() => import('./refuse-photo.ts'));

async function readColours(source: ColourSource | null): Promise<Meaning> {
  if (source === null) return 'srgb';
  const { meaningOf } = await fetchCode(() => import('./colour/colour-source.ts'));
  return await meaningOf(source);
}

async function missingOf(
  facts: ImageFacts,
  stored: Pixels,
  decodeWith: (edits: readonly ByteEdit[]) => Promise<Pixels>,
): Promise<number> {
  if (facts.rest === null) return 0;
  const { missingShare } = await fetchCode(() => import('./missing-share.ts'));
  return await missingShare(facts.rest, stored, decodeWith);
}

/** A canvas keeps colours multiplied by their alpha; where a file is read here, its own numbers take their place. */
async function straightened({ alphaRows }: ImageFacts, stored: Pixels): Promise<void> {
  if (alphaRows === null || stored.data.every((value, at) => at % 4 !== 3 || value === 255)) return;
  const { straighten } = await fetchCode(() => import('./straight-png.ts'));
  await straighten(alphaRows, stored);
}

async function turned(stored: Pixels, orientation: Orientation): Promise<Pixels> {
  if (orientation === 1) return stored;
  const { turnPixels } = await fetchCode(() => import('./turn-pixels.ts'));
  return turnPixels(stored, orientation);
}
