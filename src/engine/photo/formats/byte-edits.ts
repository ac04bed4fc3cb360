/** Small changes to the bytes of a file, found while it is read. */

/** At `at`, `removed` bytes give way to `inserted`. */
export interface ByteEdit {
  readonly at: number;
  readonly removed: number;
  readonly inserted: Uint8Array;
}

export function overwrite(at: number, inserted: Uint8Array): ByteEdit {
  return { at, removed: inserted.length, inserted };
}

/** The bytes as they are when there is nothing to change. */
export function applyEdits(file: Uint8Array, edits: readonly ByteEdit[]): Uint8Array {
  if (edits.length === 0) return file;
  const inOrder = edits.toSorted((a, b) => a.at - b.at);
  const grown = inOrder.reduce((sum, { removed, inserted }) => sum + inserted.length - removed, 0);
  const edited = new Uint8Array(file.length + grown);
  let read = 0;
  let written = 0;
  const put = (part: Uint8Array): void => {
    edited.set(part, written);
    written += part.length;
  };
  for (const { at, removed, inserted } of inOrder) {
    put(file.subarray(read, at));
    put(inserted);
    read = at + removed;
  }
  put(file.subarray(read));
  return edited;
}

export function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.codePointAt(0) ?? 0);
}

export function u32Bytes(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
}

export function u32LittleEndianBytes(value: number): Uint8Array {
  return u32Bytes(value).toReversed();
}
