/** Unpacks what is compressed as PNG has it, as far as it goes: nothing is thrown for a stream that breaks off. */

/** A profile has a few kilobytes; what is beyond this is a trap. */
const MOST_BYTES = 4_000_000;

/** @param most bytes that are wanted; what comes beyond them may be cut off */
export async function inflate(deflated: Uint8Array, most = MOST_BYTES): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of unpacked(deflated)) {
    parts.push(part);
    length += part.length;
    if (length > most) break;
  }
  const bytes = new Uint8Array(length);
  let filled = 0;
  for (const part of parts) {
    bytes.set(part, filled);
    filled += part.length;
  }
  return bytes;
}

/** How many bytes come out, counted up to `most`. */
export async function inflatedBytes(deflated: Uint8Array, most: number): Promise<number> {
  let length = 0;
  for await (const part of unpacked(deflated)) {
    length += part.length;
    if (length >= most) break;
  }
  return length;
}

async function* unpacked(deflated: Uint8Array): AsyncGenerator<Uint8Array> {
  const packed = new Blob([new Uint8Array(deflated)]).stream();
  const reader = packed.pipeThrough(new DecompressionStream('deflate')).getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
  } catch {
    // It broke off: what came before that counts.
  } finally {
    reader.cancel().catch(() => undefined);
  }
}
