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

const RANGE_NOT_SATISFIABLE = 416;

/**
 * @param kept bytes that are here already
 * @returns null where the server has no such part: the file there is shorter than what is here
 * @throws VqaError `checkpoint-interrupted` for what may pass, `checkpoint-missing` for what will not
 */
export async function requestRest(
  url: string,
  kept: number,
  { fetch, signal }: { readonly fetch: typeof globalThis.fetch; readonly signal?: AbortSignal | undefined },
): Promise<Answer | null> {
  let response: Response;
  try {
    response = await fetch(url, {
      headers: kept > 0 ? { range: `bytes=${kept}-` } : {},
      cache: 'no-store',
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
  if (kept > 0 && status === RANGE_NOT_SATISFIABLE) return null;
  if (status >= 400) {
    throw new VqaError('checkpoint-missing', `${url} is not there for us: the server said ${status}.`);
  }
  if (response.headers.get('content-type')?.includes('text/html')) {
    throw new VqaError('checkpoint-missing', `${url} is a web page, not a file of weights.`);
  }
  const answer = { response, ...startOf(response) };
  if (answer.from === 0 || answer.from === kept) return answer;
  throw new VqaError(
    'checkpoint-missing',
    `${hostOf(url)} sent another part of ${nameOf(url)} than was asked.`,
  );
}

function startOf({ status, headers }: Response): Omit<Answer, 'response'> {
  const range = /^bytes (?<from>\d+)-\d+\/(?<total>\d+)$/u.exec(headers.get('content-range') ?? '')?.groups;
  const etag = headers.get('etag');
  if (status === 206 && range)
    return { from: Number(range['from']), totalBytes: Number(range['total']), etag };
  // The length of what a server has compressed is another one.
  const length = headers.get('content-encoding') === null ? headers.get('content-length') : null;
  return { from: 0, totalBytes: length === null ? null : Number(length), etag };
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
