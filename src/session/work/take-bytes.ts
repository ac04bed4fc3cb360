/** Reads a file at once: a moment later it may be changed, moved or deleted. */
import { VqaError } from '../../core/errors.ts';

/** A photo of 50 megapixels without any compression. */
const MAX_BYTES = 200_000_000;

/** @returns a blob that depends on no file. @throws VqaError `image-too-large` or `image-unreadable` */
export async function takeBytes(file: File): Promise<Blob> {
  if (file.size > MAX_BYTES) {
    const megabytes = Math.ceil(file.size / 1e6).toLocaleString('en');
    throw new VqaError(
      'image-too-large',
      `The file has ${megabytes} MB; the limit is ${MAX_BYTES / 1e6} MB.`,
    );
  }
  try {
    return new Blob([await file.arrayBuffer()], { type: file.type });
  } catch (cause) {
    throw new VqaError(
      'image-unreadable',
      `“${file.name}” cannot be read: it was changed, moved or deleted, or it is a folder.`,
      { cause },
    );
  }
}
