/** What is here of a file that is downloaded: from this visit or from an earlier one. */
import { Sha256 } from '../../bytes/sha256.ts';
import { readNote } from './download-note.ts';
import type { DownloadOptions } from './download.ts';

/** What is here of the file; the hash is of these bytes. */
export interface Arrived {
  readonly hash: Sha256;
  bytes: number;
  isWhole: boolean;
}

const REHASH_BYTES = 1 << 23;

/** Goes on with what an earlier visit left, unless nothing will tell whether it is the same file. */
export async function takeUp(addresses: readonly string[], options: DownloadOptions): Promise<Arrived> {
  const { folder, path, expected, signal, onProgress } = options;
  const arrived: Arrived = { hash: new Sha256(), bytes: 0, isWhole: false };
  const note = await readNote(folder, path);
  const isFromHere = note !== null && addresses.includes(note.url);
  if (!isFromHere && (note === null || (expected.sha256 === null && note.etag === null))) {
    await folder.remove(path);
    return arrived;
  }
  const kept = (await folder.size(path)) ?? 0;
  if (kept === 0) return arrived;
  const source = await folder.open(path);
  for (let at = 0; at < kept; at += REHASH_BYTES) {
    signal?.throwIfAborted();
    const piece = await source.read(at, Math.min(REHASH_BYTES, kept - at));
    arrived.hash.update(piece);
    const totalBytes = expected.bytes ?? note?.totalBytes ?? null;
    onProgress?.('check', at + piece.length, totalBytes, note?.url ?? addresses[0]!);
  }
  arrived.bytes = kept;
  const isTold = isFromHere || expected.sha256 !== null;
  arrived.isWhole = isTold && kept === (expected.bytes ?? note.totalBytes);
  return arrived;
}

export async function startOver(arrived: Arrived, { folder, path }: DownloadOptions): Promise<void> {
  await folder.remove(path);
  arrived.hash.reset();
  arrived.bytes = 0;
  arrived.isWhole = false;
}

export async function readAgain(
  { folder, path }: DownloadOptions,
  from: number,
  to: number,
): Promise<Uint8Array> {
  const source = await folder.open(path);
  return await source.read(from, to - from);
}
