/** Bytes inside JSON: deflated (RFC 1951), then base64. */

export async function packBytes(bytes: Uint8Array): Promise<string> {
  const deflated = await collect(through(bytes, new CompressionStream('deflate-raw')), Infinity);
  return toBase64(deflated);
}

/**
 * Exactly `length` bytes; stops reading as soon as there are more.
 * @throws RangeError when there are fewer or more, or when the text is not what `packBytes` wrote
 */
export async function unpackBytes(text: string, length: number): Promise<Uint8Array> {
  const inflated = await collect(through(fromBase64(text), new DecompressionStream('deflate-raw')), length);
  if (inflated.length !== length) throw new RangeError(`${inflated.length} bytes, must be ${length}`);
  return inflated;
}

export function toBase64(bytes: Uint8Array): string {
  // `fromCharCode` takes its bytes as arguments, and an engine takes only so many of them.
  const step = 0x8000;
  const parts = Array.from({ length: Math.ceil(bytes.length / step) }, (_, part) =>
    String.fromCharCode(...bytes.subarray(part * step, (part + 1) * step)),
  );
  return btoa(parts.join(''));
}

/** @throws RangeError */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch (thrown) {
    throw new RangeError('not base64', { cause: thrown });
  }
}

function through(bytes: Uint8Array, transform: GenericTransformStream): ReadableStream<Uint8Array> {
  return new Blob([new Uint8Array(bytes)]).stream().pipeThrough(transform);
}

async function collect(stream: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      chunks.push(value);
      length += value.length;
      if (length > most) throw new RangeError(`more than ${most} bytes`);
    }
  } catch (thrown) {
    await reader.cancel().catch(() => undefined);
    throw thrown instanceof RangeError ? thrown : new RangeError('damaged', { cause: thrown });
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
