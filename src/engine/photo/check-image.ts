/** Says what a file is, refuses what is no photo, and words what a decoder refuses; the same for the page and for Node. */
import { VqaError } from '../../core/errors.ts';
import { percent } from '../../core/percent.ts';
import type { ImageNotice, ImageSize } from '../../core/types.ts';
import { fetchCode } from '../pack/fetch-code.ts';
import { Bytes } from './formats/bytes.ts';
import type { ImageFacts, ImageKind, Sniffed } from './formats/image-facts.ts';
import { isJpeg, readJpeg } from './formats/jpeg.ts';

/** Phones take photos of 48 and 50 megapixels; four bytes a pixel, this is 200 MB. */
export const MAX_PIXELS = 50_500_000;

const KIND_NAMES: Record<Exclude<ImageKind, 'unknown'>, string> = {
  jpeg: 'a JPEG photo',
  png: 'a PNG image',
  gif: 'a GIF image',
  webp: 'a WebP image',
  avif: 'an AVIF photo',
  heic: 'a HEIC photo',
  bmp: 'a BMP image',
  tiff: 'a TIFF image',
  svg: 'an SVG drawing',
  'jpeg-xl': 'a JPEG XL photo',
  'jpeg-2000': 'a JPEG 2000 photo',
  photoshop: 'a Photoshop document',
  'camera-raw': 'a camera raw photo',
  icon: 'an icon',
};
/** Every decoder reads these: one that is refused is damaged. */
const READ_EVERYWHERE: ReadonlySet<ImageKind> = new Set(['jpeg', 'png', 'gif', 'webp']);

/** @throws VqaError that says what the file is instead of a photo that can be read here. */
export async function checkImage(file: Uint8Array): Promise<ImageFacts> {
  if (file.length === 0) throw new VqaError('image-empty', 'The file has 0 bytes.');
  const sniffed = await sniff(file);
  if (sniffed.is === 'other') {
    throw new VqaError('image-unreadable', `The file is a ${sniffed.kind}, not an image.`);
  }
  const { facts } = sniffed;
  if (facts.kind === 'svg') {
    const name = KIND_NAMES.svg;
    throw new VqaError('image-unsupported', `The file is ${name}: shapes without pixels, not a photo.`);
  }
  if (facts.truncated && facts.size === null) throw truncated(facts, file.length);
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

/** The error for a file of which too much is missing. @param missing share of the picture, 0..1, where it is known */
export function truncated(facts: ImageFacts, byteLength: number, missing?: number): VqaError {
  const bytes = byteLength.toLocaleString('en');
  const share = missing === undefined ? '' : `: ${percent(missing)} of the picture is missing`;
  return new VqaError(
    'image-truncated',
    `The file is ${nameOf(facts.kind)} that breaks off after ${bytes} bytes${share}.`,
  );
}

/** The error for a file that passed the checks and that the decoder refused all the same. */
export function undecodable(
  facts: ImageFacts,
  byteLength: number,
  decoder: string,
  cause: unknown,
): VqaError {
  if (facts.kind === 'unknown') {
    const bytes = byteLength.toLocaleString('en');
    return new VqaError(
      'image-unreadable',
      `The file is no image: its ${bytes} bytes match no known format.`,
      { cause },
    );
  }
  if (facts.truncated && facts.kind !== 'bmp') return truncated(facts, byteLength);
  const name = KIND_NAMES[facts.kind];
  if (READ_EVERYWHERE.has(facts.kind)) {
    return new VqaError('image-unreadable', `The file starts like ${name} but is damaged.`, { cause });
  }
  return new VqaError('image-unsupported', `The file is ${name}, which ${decoder} does not read.`, { cause });
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

function nameOf(kind: ImageKind): string {
  return kind === 'unknown' ? 'a file' : KIND_NAMES[kind];
}
