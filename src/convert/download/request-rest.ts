/** One request for what is missing of a file, and what its answer says before the first byte. */
import { VqaError } from '../../core/errors.ts';
import { megabytes } from '../../core/megabytes.ts';

export interface Answer {
  readonly response: Response;
  /** Where in the file the answer starts. */
  readonly from: number;
  /** Of the whole file; null where the server does not say it. */
  readonly totalBytes: number | null;
  readonly etag: string | null;
}

/** What is asked for: the file from byte `from` on, of which `totalBytes` are known, or null. */
export interface Rest {
  readonly from: number;
  readonly totalBytes: number | null;
}

const RANGE_NOT_SATISFIABLE = 416;
const PARTIAL = 206;

/**
 * Asks with no header that a browser would first have to ask leave for, and sends no address of the page.
 * @returns null where the server has no such part: the file there is another one than what is here
 * @throws VqaError `checkpoint-interrupted` for what may pass, `checkpoint-missing` for what will not
 */
export async function requestRest(
  url: string,
  rest: Rest,
  { fetch, signal }: { readonly fetch: typeof globalThis.fetch; readonly signal?: AbortSignal | undefined },
): Promise<Answer | null> {
  let response: Response;
  try {
    response = await fetch(url, {
      headers: rest.from > 0 ? { range: `bytes=${rest.from}-` } : {},
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: signal ?? null,
    });
  } catch (thrown) {
    signal?.throwIfAborted();
    // A browser does not tell the one from the other.
    const message = `${hostOf(url)} did not answer, or does not let other sites have the file.`;
    throw new VqaError('checkpoint-interrupted', message, { cause: thrown });
  }
  const { status } = response;
  if (status >= 500 || status === 429) {
    throw new VqaError('checkpoint-interrupted', `${hostOf(url)} said ${status} for ${nameOf(url)}.`);
  }
  if (rest.from > 0 && status === RANGE_NOT_SATISFIABLE) return null;
  if (status >= 400) {
    throw new VqaError('checkpoint-missing', `${url} is not there for us: the server said ${status}.`);
  }
  if (response.headers.get('content-type')?.includes('text/html')) {
    throw new VqaError('checkpoint-missing', `${url} is a web page, not a file of weights.`);
  }
  const extent = status === PARTIAL ? partialExtent(response, rest) : wholeExtent(response);
  if (extent === 'another file') {
    await response.body?.cancel();
    return null;
  }
  if (extent !== null && (extent.from === 0 || extent.from === rest.from)) {
    return { response, ...extent, etag: response.headers.get('etag') };
  }
  await response.body?.cancel();
  throw new VqaError(
    'checkpoint-missing',
    `${hostOf(url)} sent another part of ${nameOf(url)} than was asked.`,
  );
}

type Extent = Pick<Answer, 'from' | 'totalBytes'>;

function wholeExtent(response: Response): Extent {
  return { from: 0, totalBytes: lengthOf(response) };
}

/**
 * Most servers hide `Content-Range` from other sites, and none may answer a request for one part with another: a part whose
 * length is what is missing is the one that was asked for. A part is never taken for the beginning of a file unless it says so.
 */
function partialExtent(response: Response, rest: Rest): Extent | 'another file' | null {
  const said = /^bytes (?<from>\d+)-\d+\/(?<total>\d+|\*)$/u.exec(
    response.headers.get('content-range') ?? '',
  );
  if (said?.groups) {
    const { from, total } = said.groups;
    return { from: Number(from), totalBytes: total === '*' ? rest.totalBytes : Number(total) };
  }
  if (rest.from === 0) return null;
  const length = lengthOf(response);
  if (length === null) return rest;
  const totalBytes = rest.from + length;
  return rest.totalBytes === null || rest.totalBytes === totalBytes
    ? { from: rest.from, totalBytes }
    : 'another file';
}

/** The length of what a server has compressed is another one. */
function lengthOf({ headers }: Response): number | null {
  const length = headers.get('content-encoding') === null ? headers.get('content-length') : null;
  return length === null ? null : Number(length);
}

export function interrupted(url: string, received: number, total: number | null, cause?: unknown): VqaError {
  const of = total === null ? '' : ` of ${megabytes(total)}`;
  const message = `${nameOf(url)} from ${hostOf(url)} broke off after ${megabytes(received)}${of}.`;
  return new VqaError('checkpoint-interrupted', message, { cause });
}

export function hostOf(url: string): string {
  return new URL(url).host;
}

export function nameOf(url: string): string {
  return new URL(url).pathname.split('/').at(-1) ?? url;
}
