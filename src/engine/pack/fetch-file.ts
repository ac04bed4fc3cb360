/** One file of a pack: what is cached, then the rest from the web, then its hash; unpacked last. */
import { VqaError } from '../../core/errors.ts';
import type { PackFile } from '../../core/pack/pack.ts';
import { sentFile } from '../../core/pack/parse-pack.ts';
import { fetchInTime, StallError } from '../../bytes/fetch-in-time.ts';
import { responseChunks } from '../../bytes/response-chunks.ts';
import { pieceLength, PIECE_BYTES, type PackCache } from './pack-cache.ts';
import { sha256Hex } from './sha256.ts';

export interface FileOptions {
  readonly packUrl: string;
  readonly cache: PackCache;
  readonly fetch: typeof fetch;
  readonly signal?: AbortSignal | undefined;
  /** A connection that gives nothing for so long counts as cut. */
  readonly stallMs: number;
  /** Each byte of the file is counted once, wherever it came from. */
  readonly onBytes: (count: number, from: 'cache' | 'web') => void;
}

export interface FetchedFile {
  readonly content: Uint8Array<ArrayBuffer>;
  /** Every piece of it is kept for the next visit. */
  readonly stored: boolean;
}

export async function fetchFile(file: PackFile, options: FileOptions): Promise<FetchedFile> {
  const sent = await fetchSent(sentFile(file), options);
  return file.deflated ? { ...sent, content: await inflated(file, sent.content, options) } : sent;
}

/** No more is unpacked than `pack.json` says that there is. */
async function inflated(
  file: PackFile,
  deflated: Uint8Array<ArrayBuffer>,
  { stallMs }: FileOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const content = new Uint8Array(file.bytes);
  const unpacking = new Blob([deflated]).stream().pipeThrough(new DecompressionStream('deflate'));
  const chunks = responseChunks(new Response(unpacking), stallMs, () =>
    corrupted(file, 'cannot be unpacked'),
  );
  let filled = 0;
  for await (const chunk of chunks) {
    if (filled + chunk.length > file.bytes)
      throw corrupted(file, `is longer than its ${megabytes(file.bytes)}`);
    content.set(chunk, filled);
    filled += chunk.length;
  }
  if (filled < file.bytes) throw corrupted(file, 'is shorter than it must be');
  return content;
}

async function fetchSent(file: PackFile, options: FileOptions): Promise<FetchedFile> {
  const { packUrl, cache, signal, onBytes } = options;
  const content = new Uint8Array(file.bytes);
  const cachedBytes = fill(content, await cache.readPieces(packUrl, file));
  if (cachedBytes === file.bytes && (await sha256Hex(content)) === file.sha256) {
    onBytes(cachedBytes, 'cache');
    return { content, stored: true };
  }
  signal?.throwIfAborted();
  // All there and wrong: none of it may count.
  const kept = cachedBytes === file.bytes ? 0 : cachedBytes;
  if (kept > 0) onBytes(kept, 'cache');
  const stored = await download(file, content, kept, options);
  const sha256 = await sha256Hex(content);
  if (sha256 !== file.sha256) {
    await cache.dropFile(packUrl, file);
    throw corrupted(file, `has SHA-256 ${sha256.slice(0, 12)}…, must have ${file.sha256.slice(0, 12)}…`);
  }
  return { content, stored };
}

/** @returns the bytes filled */
function fill(content: Uint8Array, pieces: readonly Uint8Array[]): number {
  let filled = 0;
  for (const piece of pieces) {
    content.set(piece, filled);
    filled += piece.length;
  }
  return filled;
}

/** Fills `content` from byte `kept` on, and stores each piece as soon as it is whole. */
async function download(
  file: PackFile,
  content: Uint8Array<ArrayBuffer>,
  kept: number,
  options: FileOptions,
): Promise<boolean> {
  const { packUrl, cache, stallMs, onBytes } = options;
  const response = await request(new URL(file.path, packUrl), kept, options);
  // A server that knows no ranges starts over: what is here already is passed over, and not counted twice.
  let toSkip = response.status === 206 ? 0 : kept;
  let received = kept;
  let stored = true;
  for await (const chunk of responseChunks(response, stallMs, (cause) =>
    interrupted(file, received, cause),
  )) {
    const fresh = chunk.subarray(Math.min(toSkip, chunk.length));
    toSkip -= chunk.length - fresh.length;
    if (received + fresh.length > file.bytes) {
      await cache.dropFile(packUrl, file);
      throw corrupted(file, `is longer than its ${megabytes(file.bytes)}`);
    }
    content.set(fresh, received);
    const pieceBefore = Math.floor(received / PIECE_BYTES);
    received += fresh.length;
    onBytes(fresh.length, 'web');
    for (let index = pieceBefore; isWhole(file, index, received); index += 1) {
      const start = index * PIECE_BYTES;
      const piece = content.slice(start, start + pieceLength(file, index));
      stored = (await cache.writePiece(packUrl, file, index, piece)) && stored;
    }
  }
  if (received < file.bytes) throw interrupted(file, received);
  return stored;
}

function isWhole(file: PackFile, index: number, received: number): boolean {
  const length = pieceLength(file, index);
  return length > 0 && index * PIECE_BYTES + length <= received;
}

async function request(url: URL, from: number, options: FileOptions): Promise<Response> {
  const headers: HeadersInit = from > 0 ? { range: `bytes=${from}-` } : {};
  // Pieces are kept by us: a second copy in the browser's own cache would only take space.
  const response = await reach(url, options, { headers, cache: 'no-store', signal: options.signal ?? null });
  if (response.status === 416)
    throw new VqaError('pack-corrupted', `${url.pathname} is shorter than it must be.`);
  return response;
}

/** Fetches, and turns every way of not getting the file into a sentence. */
export async function reach(
  url: URL,
  { fetch: fetchFrom, stallMs }: Pick<FileOptions, 'fetch' | 'stallMs'>,
  init: RequestInit,
): Promise<Response> {
  const name = url.pathname.split('/').at(-1) ?? url.pathname;
  let response: Response;
  try {
    response = await fetchInTime(fetchFrom, url, init, stallMs);
  } catch (thrown) {
    init.signal?.throwIfAborted();
    const words = thrown instanceof StallError ? `said nothing for ${thrown.seconds} s` : 'did not answer';
    throw new VqaError('pack-interrupted', `${name} could not be fetched: ${url.host} ${words}.`, {
      cause: thrown,
    });
  }
  const { status } = response;
  const isPage = response.headers.get('content-type')?.includes('text/html') ?? false;
  if (status >= 500)
    throw new VqaError('pack-interrupted', `${name} could not be fetched: the server said ${status}.`);
  if (status >= 400 && status !== 416) {
    throw new VqaError('pack-missing', `${url.href} is not there: the server said ${status}.`);
  }
  if (isPage) throw new VqaError('pack-missing', `${url.href} is a web page, not a file of a pack.`);
  return response;
}

function interrupted(file: PackFile, received: number, cause?: unknown): VqaError {
  const arrived = `${megabytes(received)} of ${megabytes(file.bytes)}`;
  const message =
    cause instanceof StallError
      ? `${file.path} stopped after ${arrived}: ${cause.message}.`
      : `${file.path} broke off after ${arrived}.`;
  return new VqaError('pack-interrupted', message, { cause });
}

function corrupted({ path }: PackFile, what: string): VqaError {
  return new VqaError('pack-corrupted', `${path} ${what}.`);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
