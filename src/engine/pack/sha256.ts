/** SHA-256 by the browser; by hand on pages that are not served securely, where the browser withholds it. */
import { hex } from '../../bytes/hex.ts';
import { fetchCode } from './fetch-code.ts';

export async function sha256Hex(content: Uint8Array<ArrayBuffer>): Promise<string> {
  return hex(await digestOf(content));
}

async function digestOf(content: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const subtle: SubtleCrypto | undefined = crypto.subtle;
  if (subtle !== undefined) return new Uint8Array(await subtle.digest('SHA-256', content));
  const { sha256 } = await fetchCode(() => import('../../bytes/sha256.ts'));
  return sha256(content);
}
