/** A photo file to upright, opaque pixels, in a browser. File, paste, camera and URL all come through here. */
import { fetchCode } from '../pack/fetch-code.ts';
import { checkSize } from './check-image.ts';
import { decodePhoto, type PhotoDecoder, type PhotoPixels } from './decode-photo.ts';
import { checkCanvas } from './check-canvas.ts';
import { copyPixels } from './copy-pixels.ts';

export interface ShownPhoto extends PhotoPixels {
  /** The upright photo as a file, where the browser itself would show it lying or mirrored. */
  readonly upright: Blob | null;
}

/** @throws VqaError `image-…`, or `pixels-hidden` where the browser keeps them from the page */
export async function readPixels(image: Blob, signal?: AbortSignal): Promise<ShownPhoto> {
  checkCanvas();
  const file = new Uint8Array(await image.arrayBuffer());
  signal?.throwIfAborted();
  const { pixels, notices, orientation } = await decodePhoto(file, BROWSER, signal);
  if (orientation === 1) return { pixels, notices, upright: null };
  const { uprightFile } = await fetchCode(() => import('./upright-file.ts'));
  const upright = await uprightFile(image, pixels, orientation);
  signal?.throwIfAborted();
  return { pixels, notices: upright ? [...notices, 'turned-upright'] : notices, upright };
}

const BROWSER: PhotoDecoder = {
  name: 'this browser',
  async decode(file, convertsColours) {
    const bitmap = await createImageBitmap(new Blob([new Uint8Array(file)]), {
      imageOrientation: 'from-image',
      premultiplyAlpha: 'none',
      colorSpaceConversion: convertsColours ? 'default' : 'none',
    });
    try {
      checkSize(bitmap);
      return copyPixels(bitmap);
    } finally {
      bitmap.close();
    }
  },
};
