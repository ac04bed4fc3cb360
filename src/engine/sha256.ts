/** SHA-256 by the browser; by hand on pages that are not served securely, where the browser withholds it. */
import { hex, sha256 } from '../core/sha256.ts';

export async function sha256Hex(content: Uint8Array<ArrayBuffer>): Promise<string> {
  return hex(await digestOf(content));
}

async function digestOf(content: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const subtle: SubtleCrypto | undefined = crypto.subtle;
  return subtle === undefined ? sha256(content) : new Uint8Array(await subtle.digest('SHA-256', content));
}
