/** Refuses what cannot become pixels, before a decoder is asked; the same for the page and for Node. */
import { VqaError } from '../../core/errors.ts';
import type { ImageNotice, ImageSize } from '../../core/types.ts';
import type { ImageFacts, ImageKind, Sniffed } from './formats/image-facts.ts';
import { sniffImage } from './sniff-image.ts';

/** Phones take photos of 48 and 50 megapixels; four bytes a pixel, this is 200 MB. */
export const MAX_PIXELS = 50_500_000;

const KIND_NAMES: Record<ImageKind, string> = {
  jpeg: 'a JPEG photo',
  png: 'a PNG image',
  gif: 'a GIF image',
  webp: 'a WebP image',
  avif: 'an AVIF photo',
  heic: 'a HEIC photo',
  bmp: 'a BMP image',
  tiff: 'a TIFF image',
  svg: 'an SVG drawing',
};

/** @throws VqaError that says what the file is instead of a photo that can be read here. */
export function checkImage(file: Uint8Array): ImageFacts {
  if (file.length === 0) throw new VqaError('image-empty', 'The file has 0 bytes.');
  const facts = imageFacts(sniffImage(file), file.length);
  const name = KIND_NAMES[facts.kind];
  if (facts.kind === 'svg') {
    throw new VqaError('image-unsupported', `The file is ${name}: shapes without pixels, not a photo.`);
  }
  if (facts.kind === 'tiff') {
    throw new VqaError('image-unsupported', `The file is ${name}, which browsers do not read.`);
  }
  if (facts.truncated) {
    const bytes = file.length.toLocaleString('en');
    throw new VqaError('image-truncated', `The file is ${name} that breaks off after ${bytes} bytes.`);
  }
  if (facts.size !== null) checkSize(facts.size);
  return facts;
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

/** The error for a file that passed the checks and that the decoder refused all the same. */
export function undecodable(facts: ImageFacts, cause: unknown): VqaError {
  const name = KIND_NAMES[facts.kind];
  if (facts.kind === 'heic' || facts.kind === 'avif' || facts.kind === 'bmp') {
    return new VqaError('image-unsupported', `The file is ${name}, which this browser does not read.`, {
      cause,
    });
  }
  return new VqaError('image-unreadable', `The file starts like ${name} but is damaged.`, { cause });
}

/** What to tell the person about a photo that was read; transparency is only known from its pixels. */
export function noticesOf(facts: ImageFacts, hadTransparency: boolean): ImageNotice[] {
  const notices: ImageNotice[] = [];
  if (facts.animated) notices.push('first-frame-of-animation');
  if (facts.cmyk) notices.push('converted-from-cmyk');
  if (hadTransparency) notices.push('transparency-on-white');
  return notices;
}

function imageFacts(sniffed: Sniffed, byteLength: number): ImageFacts {
  if (sniffed.is === 'image') return sniffed.facts;
  const bytes = byteLength.toLocaleString('en');
  const found =
    sniffed.is === 'other'
      ? `a ${sniffed.kind}, not an image`
      : `no image: its ${bytes} bytes match no known format`;
  throw new VqaError('image-unreadable', `The file is ${found}.`);
}
