/** One hash that stands for every byte of a pack. */
import type { PackFile } from './pack.ts';
import { hex } from '../../bytes/hex.ts';
import { sha256 } from '../../bytes/sha256.ts';

/** SHA-256 over one line per file, `<sha256>  <path>`, sorted by path: the lines that `sha256sum` prints. */
export function packHash(files: readonly PackFile[]): string {
  const lines = files
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .map((file) => `${file.sha256}  ${file.path}\n`);
  return hex(sha256(asciiBytes(lines.join(''))));
}

/** `core/parse-pack.ts` lets ASCII into paths alone, and the core has no TextEncoder. */
function asciiBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.codePointAt(0) ?? 0);
}
