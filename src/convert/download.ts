/** One large file from the web into a folder: goes on where it was cut, now or at the next visit. */
import type { ByteSource } from '../checkpoint/byte-source.ts';
import { VqaError } from '../core/errors.ts';
import { JsonField, JsonFieldError } from '../core/json-field.ts';
import { megabytes } from '../core/megabytes.ts';
import { responseChunks } from '../core/response-chunks.ts';
import { hex, Sha256 } from '../core/sha256.ts';
import { readText, writeFile, type FileWriter, type Folder } from './folder.ts';

export interface DownloadOptions {
  readonly folder: Folder;
  /** In the folder; a note on where the file came from lies beside it. */
  readonly path: string;
  readonly fetch: typeof fetch;
  /** What public records say; a file that is another one is not kept. */
  readonly expected: { readonly bytes: number | null; readonly sha256: string | null };
  readonly signal?: AbortSignal | undefined;
  /** `totalBytes` is null as long as nobody has said it. Falls back only when a server cannot go on. */
  readonly onProgress?: ((receivedBytes: number, totalBytes: number | null) => void) | undefined;
  readonly stallMs?: number | undefined;
  readonly retryMs?: number | undefined;
}

const DEFAULT_STALL_MS = 30_000;
const DEFAULT_RETRY_MS = 1_000;
/** Attempts in a row that bring nothing. */
const MAX_VAIN_ATTEMPTS = 4;
const WRITE_BYTES = 1 << 20;
const REHASH_BYTES = 1 << 23;

/** What is known of a file that has not come whole. */
interface Note {
  readonly url: string;
  readonly totalBytes: number | null;
  readonly etag: string | null;
}

export interface Downloaded {
  readonly source: ByteSource;
  /** Of what arrived, whether a record tells it or not. */
  readonly sha256: string;
}

/**
 * @returns the file, whole and checked
 * @throws VqaError `checkpoint-missing`, `checkpoint-interrupted`, `checkpoint-invalid` for a file with another hash,
 * `storage-full`; what has arrived is kept but for a file with another hash
 */
export async function download(url: string, options: DownloadOptions): Promise<Downloaded> {
  const { folder, path, signal, expected } = options;
  await forgetOther(url, options);
  const hash = new Sha256();
  let kept = (await folder.size(path)) ?? 0;
  await rehash(hash, options, kept);
  let isWhole = kept > 0 && kept === (expected.bytes ?? (await readNote(options))?.totalBytes);
  for (let vain = 0; !isWhole; vain += 1) {
    signal?.throwIfAborted();
    try {
      const got = await attempt(url, kept, hash, options);
      isWhole = got.isWhole;
      if (got.receivedBytes > kept) vain = -1;
      kept = got.receivedBytes;
      if (!isWhole) throw interrupted(url, kept, got.totalBytes);
    } catch (thrown) {
      const isWorthMore = thrown instanceof VqaError && thrown.code === 'checkpoint-interrupted';
      if (!isWorthMore || vain + 1 >= MAX_VAIN_ATTEMPTS) throw thrown;
      // What a broken attempt has written is there.
      kept = (await folder.size(path)) ?? 0;
      await pause((options.retryMs ?? DEFAULT_RETRY_MS) * 2 ** Math.max(0, vain), signal);
    }
  }
  const sha256 = hex(hash.digest());
  await check(url, kept, sha256, options);
  return { source: await folder.open(path), sha256 };
}

/** Bytes of another address, or of another version, are no beginning of this file. */
async function forgetOther(url: string, options: DownloadOptions): Promise<void> {
  const note = await readNote(options);
  if (note?.url === url) return;
  await options.folder.remove(options.path);
  await writeNote({ url, totalBytes: options.expected.bytes, etag: null }, options);
}

async function rehash(hash: Sha256, { folder, path, signal }: DownloadOptions, bytes: number): Promise<void> {
  if (bytes === 0) return;
  const source = await folder.open(path);
  for (let at = 0; at < bytes; at += REHASH_BYTES) {
    signal?.throwIfAborted();
    hash.update(await source.read(at, Math.min(REHASH_BYTES, bytes - at)));
  }
}

interface Attempt {
  readonly receivedBytes: number;
  readonly totalBytes: number | null;
  readonly isWhole: boolean;
}

async function attempt(url: string, kept: number, hash: Sha256, options: DownloadOptions): Promise<Attempt> {
  const { folder, path, signal, onProgress, stallMs = DEFAULT_STALL_MS } = options;
  const response = await request(url, kept, options);
  const note = await readNote(options);
  const answer = startOf(response);
  const isOther =
    (note?.etag != null && answer.etag !== null && answer.etag !== note.etag) ||
    (kept > 0 &&
      note?.totalBytes != null &&
      answer.totalBytes !== null &&
      answer.totalBytes !== note.totalBytes);
  if (response.status === 416 || isOther) {
    // Another file lies there by now, or it is shorter than what is here.
    await response.body?.cancel();
    await folder.remove(path);
    await writeNote({ url, totalBytes: null, etag: null }, options);
    hash.reset();
    return { receivedBytes: 0, totalBytes: null, isWhole: false };
  }
  const totalBytes = answer.totalBytes ?? options.expected.bytes;
  await writeNote({ url, totalBytes, etag: answer.etag }, options);
  const { from } = answer;
  if (from !== 0 && from !== kept) {
    throw new VqaError(
      'checkpoint-missing',
      `${hostOf(url)} sent another part of ${nameOf(url)} than was asked.`,
    );
  }
  if (from === 0) hash.reset();
  const writer = await folder.append(path, from);
  let receivedBytes = from;
  const buffer = new WriteBuffer(writer, hash);
  try {
    onProgress?.(receivedBytes, totalBytes);
    const broken = (cause: unknown) => interrupted(url, receivedBytes, totalBytes, cause);
    for await (const chunk of responseChunks(response, stallMs, broken)) {
      signal?.throwIfAborted();
      await buffer.add(chunk);
      receivedBytes += chunk.length;
      onProgress?.(receivedBytes, totalBytes);
    }
  } finally {
    try {
      await buffer.flush();
    } finally {
      await writer.close();
    }
  }
  return { receivedBytes, totalBytes, isWhole: totalBytes === null || receivedBytes >= totalBytes };
}

async function request(url: string, kept: number, { fetch, signal }: DownloadOptions): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, {
      headers: kept > 0 ? { range: `bytes=${kept}-` } : {},
      cache: 'no-store',
      signal: signal ?? null,
    });
  } catch (thrown) {
    signal?.throwIfAborted();
    throw new VqaError('checkpoint-interrupted', `${hostOf(url)} did not answer.`, { cause: thrown });
  }
  const { status } = response;
  if (status >= 500 || status === 429) {
    throw new VqaError('checkpoint-interrupted', `${hostOf(url)} said ${status} for ${nameOf(url)}.`);
  }
  if (status >= 400 && status !== 416) {
    throw new VqaError('checkpoint-missing', `${url} is not there for us: the server said ${status}.`);
  }
  if (response.headers.get('content-type')?.includes('text/html')) {
    throw new VqaError('checkpoint-missing', `${url} is a web page, not a file of weights.`);
  }
  return response;
}

/** Where in the file an answer starts, and how long the file is. */
function startOf({ status, headers }: Response): {
  readonly from: number;
  readonly totalBytes: number | null;
  readonly etag: string | null;
} {
  const range = /^bytes (?<from>\d+)-\d+\/(?<total>\d+)$/u.exec(headers.get('content-range') ?? '')?.groups;
  const etag = headers.get('etag');
  if (status === 206 && range)
    return { from: Number(range['from']), totalBytes: Number(range['total']), etag };
  // The length of what a server has compressed is another one.
  const length = headers.get('content-encoding') === null ? headers.get('content-length') : null;
  return { from: 0, totalBytes: length === null ? null : Number(length), etag };
}

/** @throws VqaError `checkpoint-invalid`; the file is removed then, for no part of it can be trusted */
async function check(
  url: string,
  bytes: number,
  sha256: string,
  { folder, path, expected }: DownloadOptions,
): Promise<void> {
  const isRight =
    (expected.bytes === null || bytes === expected.bytes) &&
    (expected.sha256 === null || sha256 === expected.sha256);
  if (isRight) return;
  await folder.remove(path);
  const actual = `${bytes} bytes and SHA-256 ${sha256.slice(0, 12)}…`;
  const wanted = `${expected.bytes ?? 'any number of'} bytes and ${expected.sha256?.slice(0, 12) ?? 'any hash'}…`;
  throw new VqaError('checkpoint-invalid', `${nameOf(url)} has ${actual}, the public record says ${wanted}.`);
}

/** Small pieces from the web, written in larger ones. */
class WriteBuffer {
  private readonly writer: FileWriter;
  private readonly hash: Sha256;
  private readonly bytes = new Uint8Array(WRITE_BYTES);
  private length = 0;

  constructor(writer: FileWriter, hash: Sha256) {
    this.writer = writer;
    this.hash = hash;
  }

  async add(chunk: Uint8Array<ArrayBuffer>): Promise<void> {
    for (let at = 0; at < chunk.length;) {
      const part = chunk.subarray(at, at + WRITE_BYTES - this.length);
      this.bytes.set(part, this.length);
      this.length += part.length;
      at += part.length;
      if (this.length === WRITE_BYTES) await this.flush();
    }
  }

  async flush(): Promise<void> {
    if (this.length === 0) return;
    const part = this.bytes.slice(0, this.length);
    this.length = 0;
    await this.writer.write(part);
    this.hash.update(part);
  }
}

async function readNote({ folder, path }: DownloadOptions): Promise<Note | null> {
  const text = await readText(folder, noteOf(path));
  if (text === null) return null;
  try {
    const note = new JsonField(JSON.parse(text), '');
    const total = note.at('totalBytes');
    const etag = note.at('etag');
    return {
      url: note.at('url').text(),
      totalBytes: total.value === null ? null : total.count(),
      etag: etag.value === null ? null : etag.text(),
    };
  } catch (thrown) {
    if (thrown instanceof JsonFieldError || thrown instanceof SyntaxError) return null;
    throw thrown;
  }
}

async function writeNote(note: Note, { folder, path }: DownloadOptions): Promise<void> {
  await writeFile(folder, noteOf(path), new TextEncoder().encode(JSON.stringify(note)));
}

export function noteOf(path: string): string {
  return `${path}.from.json`;
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        reject(new VqaError('cancelled', 'The work was cancelled.'));
      },
      { once: true },
    );
  });
}

function interrupted(url: string, received: number, total: number | null, cause?: unknown): VqaError {
  const of = total === null ? '' : ` of ${megabytes(total)}`;
  return new VqaError(
    'checkpoint-interrupted',
    `${nameOf(url)} broke off after ${megabytes(received)}${of}.`,
    {
      cause,
    },
  );
}

function hostOf(url: string): string {
  return new URL(url).host;
}

function nameOf(url: string): string {
  return new URL(url).pathname.split('/').at(-1) ?? url;
}
