/** Words for photos that cannot be read: fetched when there is one. */
import { VqaError } from '../../core/errors.ts';
import { percent } from '../../core/percent.ts';
import type { ImageFacts, ImageKind } from './formats/image-facts.ts';

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

function nameOf(kind: ImageKind): string {
  return kind === 'unknown' ? 'a file' : KIND_NAMES[kind];
}
