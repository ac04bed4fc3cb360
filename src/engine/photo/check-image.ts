/** Says what a file is and refuses what is no photo; the same for the page and for Node. */
import { VqaError } from '../../core/errors.ts';
import type { ImageNotice, ImageSize } from '../../core/types.ts';
import { fetchCode } from '../pack/fetch-code.ts';
import { Bytes } from './formats/bytes.ts';
import type { ImageFacts, Sniffed } from './formats/image-facts.ts';
import { isJpeg, readJpeg } from './formats/jpeg.ts';

/** Phones take photos of 48 and 50 megapixels; four bytes a pixel, this is 200 MB. */
export const MAX_PIXELS = 50_500_000;

/** @throws VqaError that says what the file is instead of a photo that can be read here. */
export async function checkImage(file: Uint8Array): Promise<ImageFacts> {
  if (file.length === 0) throw new VqaError('image-empty', 'The file has 0 bytes.');
  const sniffed = await sniff(file);
  if (sniffed.is === 'other') {
    throw new VqaError('image-unreadable', `The file is a ${sniffed.kind}, not an image.`);
  }
  const { facts } = sniffed;
  if (facts.kind === 'svg') {
    throw new VqaError(
      'image-unsupported',
      'The file is an SVG drawing: shapes without pixels, not a photo.',
    );
  }
  if (facts.truncated && facts.size === null) {
    const { truncated } = await fetchCode(() => import('./refuse-photo.ts'));
    throw truncated(facts, file.length);
  }
  if (facts.size !== null) checkSize(facts.size);
  return facts;
}

/** Nearly every photo is a JPEG: a page fetches what reads the others when it meets one. */
async function sniff(file: Uint8Array): Promise<Sniffed> {
  const bytes = new Bytes(file);
  if (isJpeg(bytes)) return { is: 'image', facts: readJpeg(bytes) };
  const { sniffImage } = await fetchCode(() => import('./sniff-image.ts'));
  return sniffImage(file);
}

/** @throws VqaError `image-too-large` or, without any pixel, `image-unreadable`. */
export function checkSize({ width, height }: ImageSize): void {
  if (width === 0 || height === 0) {
    throw new VqaError(
      'image-unreadable',
      `The image is ${width} × ${height} pixels: there is nothing in it.`,
    );
  }
  if (width * height > MAX_PIXELS) {
    const megapixels = ((width * height) / 1e6).toFixed(1);
    throw new VqaError(
      'image-too-large',
      `The photo has ${megapixels} megapixels (${width} × ${height}); the limit is 50.`,
    );
  }
}

/** What to tell the person about a photo that was read; transparency is only known from its pixels. */
export function noticesOf(facts: ImageFacts, hadTransparency: boolean): ImageNotice[] {
  const notices: ImageNotice[] = [];
  if (facts.truncated) notices.push('ends-early');
  if (facts.animated) notices.push('first-frame-of-animation');
  if (facts.cmyk) notices.push('converted-from-cmyk');
  if (hadTransparency) notices.push('transparency-on-white');
  return notices;
}
