/** One large file from the web into a folder: from the first address that has it, and on where it was cut, now or later. */
import type { ByteSource } from '../../checkpoint/byte-source.ts';
import { VqaError, type VqaErrorCode } from '../../core/errors.ts';
import { responseChunks } from '../../bytes/response-chunks.ts';
import { hex } from '../../bytes/hex.ts';
import { readAgain, startOver, takeUp, type Arrived } from './arrived.ts';
import { readNote, writeNote, type DownloadNote } from './download-note.ts';
import type { Folder } from '../folder/folder.ts';
import { hostOf, interrupted, nameOf, requestRest, type Answer } from './request-rest.ts';
import { WriteBuffer } from '../folder/write-buffer.ts';

export interface DownloadOptions {
  readonly folder: Folder;
  /** In the folder; a note on where the file came from lies beside it. */
  readonly path: string;
  readonly fetch: typeof fetch;
  readonly expected: ExpectedFile;
  readonly signal?: AbortSignal | undefined;
  /**
   * `bytes` are here, `totalBytes` is null as long as nobody has said it. What is here already is read again first, and told as
   * `check`; `receive` falls back only where a file has to be begun anew.
   */
  readonly onProgress?:
    ((stage: 'check' | 'receive', bytes: number, totalBytes: number | null, url: string) => void) | undefined;
  readonly stallMs?: number | undefined;
  readonly retryMs?: number | undefined;
}

/** What a record says; a file that is another one is not kept. */
export interface ExpectedFile {
  readonly bytes: number | null;
  readonly sha256: string | null;
  /** Whose record it is. */
  readonly by?: string;
}

export interface Downloaded {
  readonly source: ByteSource;
  /** Of what arrived, whether a record tells it or not. */
  readonly sha256: string;
  /** Which of the addresses gave its end. */
  readonly url: string;
}

const DEFAULT_STALL_MS = 30_000;
const DEFAULT_RETRY_MS = 1_000;
/** Attempts in a row that bring nothing: fewer where another address is left. */
const MAX_VAIN_ATTEMPTS = 4;
const MAX_VAIN_BEFORE_NEXT = 2;
/** Of what is here, asked for once more where no hash will tell whether it is the same file. */
const OVERLAP_BYTES = 1 << 16;
const PUBLIC_RECORD = 'the public record';

/** Failures that another address may not have. */
const OF_THE_ADDRESS: ReadonlySet<VqaErrorCode> = new Set([
  'checkpoint-interrupted',
  'checkpoint-missing',
  'checkpoint-invalid',
]);

/**
 * @param addresses of the same file, tried in turn; what one has given, the next goes on with
 * @returns the file, whole and checked
 * @throws VqaError `checkpoint-missing`, `checkpoint-interrupted`, `checkpoint-invalid` for a file with another hash,
 * `storage-full`; what has arrived is kept but for a file with another hash
 */
export async function download(addresses: readonly string[], options: DownloadOptions): Promise<Downloaded> {
  const arrived = await takeUp(addresses, options);
  const failures: VqaError[] = [];
  for (const [place, url] of addresses.entries()) {
    const isLast = place + 1 === addresses.length;
    try {
      const most = isLast ? MAX_VAIN_ATTEMPTS : MAX_VAIN_BEFORE_NEXT;
      const sha256 = await downloadFrom(url, arrived, most, options);
      return { source: await options.folder.open(options.path), sha256, url };
    } catch (thrown) {
      if (!(thrown instanceof VqaError) || !OF_THE_ADDRESS.has(thrown.code)) throw thrown;
      failures.push(thrown);
    }
  }
  throw allFailed(addresses, failures);
}

/** @returns the hash of the whole file */
async function downloadFrom(
  url: string,
  arrived: Arrived,
  mostVain: number,
  options: DownloadOptions,
): Promise<string> {
  const isAllFromHere = arrived.bytes === 0;
  await fetchRest(url, arrived, mostVain, options);
  try {
    return await checked(url, arrived, options);
  } catch (thrown) {
    if (isAllFromHere) throw thrown;
    // The part that was here before may be the wrong one.
    await fetchRest(url, arrived, mostVain, options);
    return await checked(url, arrived, options);
  }
}

async function fetchRest(
  url: string,
  arrived: Arrived,
  mostVain: number,
  options: DownloadOptions,
): Promise<void> {
  const { signal, retryMs = DEFAULT_RETRY_MS } = options;
  let isAnswered = true;
  if (arrived.isWhole) options.onProgress?.('receive', arrived.bytes, arrived.bytes, url);
  for (let vain = 0; !arrived.isWhole; vain += 1) {
    signal?.throwIfAborted();
    const before = arrived.bytes;
    try {
      // Some browsers ask leave for a part, and some servers give none: the whole file is the last resort.
      await attempt(url, arrived, options, !isAnswered && vain + 1 === mostVain);
    } catch (thrown) {
      isAnswered = !(thrown instanceof VqaError && thrown.cause instanceof TypeError);
      if (arrived.bytes > before) vain = -1;
      const isWorthMore = thrown instanceof VqaError && thrown.code === 'checkpoint-interrupted';
      if (!isWorthMore || vain + 1 >= mostVain) throw thrown;
      await pause(retryMs * 2 ** Math.max(0, vain), signal);
    }
  }
}

/** @throws VqaError where the file is not whole after it; what is here stays until an answer takes its place */
async function attempt(
  url: string,
  arrived: Arrived,
  options: DownloadOptions,
  asksForAll = false,
): Promise<void> {
  const { folder, path, expected } = options;
  const note = await readNote(folder, path);
  const isElsewhere = note !== null && note.url !== url;
  const canGoOn = !asksForAll && (!isElsewhere || expected.sha256 !== null || note.etag !== null);
  const overlap = expected.sha256 === null ? OVERLAP_BYTES : 0;
  const from = canGoOn ? Math.max(0, arrived.bytes - overlap) : 0;
  const totalBytes = expected.bytes ?? note?.totalBytes ?? null;
  const answer = await requestRest(url, { from, totalBytes }, options);
  if (answer !== null) await refuseOtherSize(url, answer, expected);
  const isSame =
    answer !== null &&
    (from === 0 || note === null || !isOtherFile(note, answer, isElsewhere, expected.sha256));
  if (isSame && (await receive(url, answer, arrived, options))) return;
  await answer?.response.body?.cancel().catch(() => undefined);
  await startOver(arrived, options);
  await attempt(url, arrived, options);
}

/** Before hundreds of megabytes of another file are fetched. */
async function refuseOtherSize(
  url: string,
  { response, totalBytes }: Answer,
  { bytes, by = PUBLIC_RECORD }: ExpectedFile,
): Promise<void> {
  if (bytes === null || totalBytes === null || totalBytes === bytes) return;
  await response.body?.cancel();
  throw new VqaError(
    'checkpoint-invalid',
    `${nameOf(url)} from ${hostOf(url)} has ${totalBytes} bytes, ${by} says ${bytes}.`,
  );
}

/** Whether the answer is not of the file whose beginning is here. */
function isOtherFile(
  note: DownloadNote,
  { totalBytes, etag }: Answer,
  isElsewhere: boolean,
  sha256: string | null,
): boolean {
  if (note.totalBytes !== null && totalBytes !== null && totalBytes !== note.totalBytes) return true;
  // Servers have tags of their own; the hash will tell at the end.
  if (isElsewhere) return sha256 === null && etag !== note.etag;
  return note.etag !== null && etag !== null && etag !== note.etag;
}

/** @returns false where what comes is not what is here already; nothing of it is kept then */
async function receive(
  url: string,
  { response, from, totalBytes: said, etag }: Answer,
  arrived: Arrived,
  options: DownloadOptions,
): Promise<boolean> {
  const { folder, path, expected, signal, onProgress, stallMs = DEFAULT_STALL_MS } = options;
  const totalBytes = said ?? expected.bytes;
  const kept = from === 0 ? 0 : arrived.bytes;
  let again = kept > from ? await readAgain(options, from, kept) : new Uint8Array(0);
  await writeNote(folder, path, { url, totalBytes, etag });
  if (kept === 0) arrived.hash.reset();
  arrived.bytes = kept;
  const writer = await folder.append(path, kept);
  const buffer = new WriteBuffer(writer, arrived.hash);
  let received = kept;
  try {
    onProgress?.('receive', received, totalBytes, url);
    const broken = (cause: unknown) => interrupted(url, received, totalBytes, cause);
    for await (const chunk of responseChunks(response, stallMs, broken)) {
      signal?.throwIfAborted();
      const shared = Math.min(again.length, chunk.length);
      for (let at = 0; at < shared; at += 1) if (chunk[at] !== again[at]) return false;
      again = again.subarray(shared);
      await buffer.add(chunk.subarray(shared));
      received += chunk.length - shared;
      onProgress?.('receive', received, totalBytes, url);
      // A server that goes on and on is not waited for.
      if (totalBytes !== null && received > totalBytes) break;
    }
  } finally {
    try {
      await buffer.flush();
    } finally {
      await writer.close();
      arrived.bytes = kept + buffer.writtenBytes;
    }
  }
  arrived.isWhole = totalBytes === null || received >= totalBytes;
  if (!arrived.isWhole) throw interrupted(url, received, totalBytes);
  return true;
}

/** @throws VqaError `checkpoint-invalid`; the file is removed then, for no part of it can be trusted */
async function checked(url: string, arrived: Arrived, options: DownloadOptions): Promise<string> {
  const { expected } = options;
  const { bytes } = arrived;
  const sha256 = hex(arrived.hash.digest());
  const isRight =
    (expected.bytes === null || bytes === expected.bytes) &&
    (expected.sha256 === null || sha256 === expected.sha256);
  if (isRight) return sha256;
  await startOver(arrived, options);
  const actual = `${bytes} bytes and SHA-256 ${sha256.slice(0, 12)}…`;
  const wanted = `${expected.bytes ?? 'any number of'} bytes and ${expected.sha256?.slice(0, 12) ?? 'any hash'}…`;
  throw new VqaError(
    'checkpoint-invalid',
    `${nameOf(url)} from ${hostOf(url)} has ${actual}, ${expected.by ?? PUBLIC_RECORD} says ${wanted}.`,
  );
}

/** One failure that says what each address said. */
function allFailed(addresses: readonly string[], failures: readonly VqaError[]): VqaError {
  const [first] = failures;
  if (first !== undefined && failures.length === 1) return first;
  const code = failures.every((failure) => failure.code === first?.code) ? first?.code : undefined;
  const said = failures.map(({ message }) => message).join(' ');
  return new VqaError(
    code ?? 'checkpoint-missing',
    `None of ${failures.length} addresses gave ${nameOf(addresses[0] ?? '')}. ${said}`,
    { cause: failures },
  );
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
