/** A file of weights that is read in parts, wherever it lies: on disk, in a browser's store, on the web. */
import { VqaError } from '../core/errors.ts';

export interface ByteSource {
  /** For messages: a file's name, or the last part of an address. */
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** `length` bytes from `offset` on; `readPart` makes sure that both lie in the file. */
  read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * `length` bytes from `offset` on.
 * @param what the part of the file, for messages
 * @throws VqaError `checkpoint-invalid` where the file does not reach so far, `checkpoint-interrupted` where it
 * gives less than its size promised
 */
export async function readPart(
  source: ByteSource,
  offset: number,
  length: number,
  what: string,
): Promise<Uint8Array<ArrayBuffer>> {
  checkPart(source, offset, length, what);
  if (length === 0) return new Uint8Array(0);
  const bytes = await source.read(offset, length);
  if (bytes.length !== length) {
    throw new VqaError(
      'checkpoint-interrupted',
      `${source.name} gave ${bytes.length} of ${length} bytes of ${what}.`,
    );
  }
  return bytes;
}

/** @throws VqaError `checkpoint-invalid` where a part does not lie in the file. */
export function checkPart(source: ByteSource, offset: number, length: number, what: string): void {
  const isInside =
    Number.isSafeInteger(offset) &&
    Number.isSafeInteger(length) &&
    offset >= 0 &&
    length >= 0 &&
    offset + length <= source.size;
  if (!isInside) {
    throw new VqaError(
      'checkpoint-invalid',
      `${source.name} has ${source.size} bytes, but ${what} would take ${length} bytes from byte ${offset} on.`,
    );
  }
}

/** A file that is in memory whole. */
export function bytesSource(name: string, content: Uint8Array<ArrayBuffer>): ByteSource {
  return {
    name,
    size: content.length,
    read: (offset, length) => Promise.resolve(content.slice(offset, offset + length)),
  };
}

/** A file that the person chose, or one in the browser's private file system. */
export function blobSource(name: string, blob: Blob): ByteSource {
  return {
    name,
    size: blob.size,
    async read(offset, length) {
      try {
        return new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer());
      } catch (thrown) {
        throw new VqaError('checkpoint-interrupted', `${name} can no longer be read.`, { cause: thrown });
      }
    },
  };
}
