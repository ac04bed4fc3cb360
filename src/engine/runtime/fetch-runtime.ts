/**
 * The two files of the runtime, fetched and looked at before it starts: what it says itself of a file that is
 * missing, cut or of the wrong type names neither the file nor the cause.
 */
import { fetchInTime, STALL_MS, StallError } from '../../bytes/fetch-in-time.ts';
import { readBody } from '../../bytes/response-chunks.ts';
import { VqaError } from '../../core/errors.ts';

export interface RuntimeFiles {
  /** Address of the script that starts the WebAssembly, and its threads. */
  readonly glue: string;
  readonly wasm: string;
}

/** The runtime's WebAssembly, whole. */
export interface RuntimeCode {
  readonly bytes: ArrayBuffer;
  /** Compiled while it came; null where the browser would not, as it wants the right media type for that. */
  readonly module: WebAssembly.Module | null;
}

export interface RuntimeFetchOptions {
  readonly signal?: AbortSignal | undefined;
  readonly fetch?: typeof fetch;
  readonly stallMs?: number;
}

const SCRIPT_TYPE = /^(?:text|application)\/(?:x-)?(?:java|ecma)script\b/iu;
const WASM_START = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

/**
 * Compiled from the answer itself: what a browser has optimised of it then lies in its cache for the next visit. Of bytes
 * that a script has put together it keeps nothing.
 * @returns the WebAssembly; the script is in the browser's cache for the runtime to import.
 * @throws VqaError `runtime-failed`
 */
export async function fetchRuntime(
  { glue, wasm }: RuntimeFiles,
  options: RuntimeFetchOptions = {},
): Promise<RuntimeCode> {
  const script = await fetchAnswer(glue, options);
  await readWhole(glue, script, options);
  const type = script.headers.get('content-type') ?? '';
  if (!SCRIPT_TYPE.test(type)) {
    const sent = type === '' ? 'without a media type' : `as ${type}`;
    throw failed(glue, `came ${sent}, and browsers run a script only as text/javascript`);
  }
  const answer = await fetchAnswer(wasm, options);
  if (answer.headers.get('content-type')?.startsWith('text/html')) throw failed(wasm, 'is a web page');
  const copy = answer.clone();
  const compiling = WebAssembly.compileStreaming(answer).catch(() => null);
  const bytes = await readWhole(wasm, copy, options);
  if (!isWholeWasm(bytes)) throw failed(wasm, `is cut or damaged: ${bytes.length} bytes came`);
  return { bytes: bytes.buffer, module: await compiling };
}

async function fetchAnswer(
  url: string,
  { signal, fetch: fetchFrom = (input, init) => fetch(input, init), stallMs = STALL_MS }: RuntimeFetchOptions,
): Promise<Response> {
  const { host } = new URL(url);
  let response: Response;
  try {
    response = await fetchInTime(fetchFrom, url, { signal: signal ?? null }, stallMs);
  } catch (thrown) {
    signal?.throwIfAborted();
    const words = thrown instanceof StallError ? `said nothing for ${thrown.seconds} s` : 'did not answer';
    throw failed(url, `could not be fetched: ${host} ${words}`, thrown);
  }
  if (!response.ok) throw failed(url, `could not be fetched: the server said ${response.status}`);
  return response;
}

async function readWhole(
  url: string,
  response: Response,
  { stallMs = STALL_MS }: RuntimeFetchOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  return await readBody(response, stallMs, (cause) =>
    failed(url, cause instanceof StallError ? `stopped: ${cause.message}` : 'broke off', cause),
  );
}

/** The sections of a module name their lengths: a file that was cut ends inside one. */
function isWholeWasm(bytes: Uint8Array): boolean {
  if (!WASM_START.every((byte, index) => bytes[index] === byte)) return false;
  let position = WASM_START.length;
  while (position < bytes.length) {
    position += 1;
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[position];
      if (byte === undefined) return false;
      position += 1;
      length += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
    }
    position += length;
  }
  return position === bytes.length;
}

function failed(url: string, what: string, cause?: unknown): VqaError {
  const name = new URL(url).pathname.split('/').at(-1) ?? url;
  return new VqaError('runtime-failed', `The runtime’s file ${name} ${what}.`, { cause });
}

/** What the runtime says when it has not started, as a sentence without its build hints. */
export function explainStart(thrown: unknown, glue: string): VqaError {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  const options = { cause: thrown, details: text };
  if (/wasm-unsafe-eval|disallowed by embedder|Content.Security.Policy|call to WebAssembly/iu.test(text)) {
    const message = 'The Content-Security-Policy of this page does not let WebAssembly run.';
    return new VqaError('runtime-failed', message, options);
  }
  if (/memory/iu.test(text)) {
    return new VqaError('runtime-failed', 'The runtime did not get the memory that it needs.', options);
  }
  return failed(glue, 'cannot be run: it is damaged, or its server changed it', thrown);
}
