/** Brings in a photo from the web, or says exactly why the page may not have it. */
import { fetchInTime, STALL_MS, StallError } from '../../bytes/fetch-in-time.ts';
import { responseChunks } from '../../bytes/response-chunks.ts';
import { asVqaError, VqaError } from '../../core/errors.ts';

/** A photo on the web is a few megabytes; beyond this it is a mistake or a trap. */
const MAX_BYTES = 50_000_000;

export interface FetchedPhoto {
  readonly blob: Blob;
  /** Last part of the address, or its host. */
  readonly name: string;
}

interface FetchPhotoOptions {
  readonly fetchImage: typeof fetch;
  readonly signal: AbortSignal;
  /** A connection that gives nothing for so long counts as cut. */
  readonly stallMs?: number;
}

/** Follows redirects, sends no cookies. The bytes need not be an image: that shows when they are decoded. */
export async function fetchPhoto(address: string, options: FetchPhotoOptions): Promise<FetchedPhoto> {
  const url = parseAddress(address);
  const response = await request(url, options);
  if (!response.ok) {
    throw new VqaError('image-url-failed', `${url.host} answered with status ${response.status}.`);
  }
  const type = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (!mayBeImage(type)) {
    throw new VqaError('image-url-failed', `The address leads to ${type}, not to an image.`);
  }
  const blob = new Blob(await readPhoto(response, url.host, options.stallMs ?? STALL_MS), { type });
  return { blob, name: nameOf(url) };
}

function parseAddress(address: string): URL {
  const trimmed = address.trim();
  // A drive, a share, a place in a folder tree.
  if (/^(?:[a-z]:[\\/]|\\\\|file:|~?\/(?!\/))/iu.test(trimmed)) {
    const message = `“${abridge(trimmed)}” is a place on a disk, where a page cannot look.`;
    throw new VqaError('image-url-local', message);
  }
  if (/^(?:www\.|[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,}\/)\S+$/iu.test(trimmed)) {
    throw new VqaError('image-url-invalid', `“${abridge(trimmed)}” lacks the https:// at its beginning.`);
  }
  const url = URL.canParse(trimmed) ? new URL(trimmed) : null;
  if (!url) throw new VqaError('image-url-invalid', `“${abridge(trimmed)}” is not a web address.`);
  if (!['http:', 'https:', 'data:', 'blob:'].includes(url.protocol)) {
    throw new VqaError('image-url-invalid', `A page cannot fetch addresses that start with ${url.protocol}`);
  }
  return url;
}

async function request(
  url: URL,
  { fetchImage, signal, stallMs = STALL_MS }: FetchPhotoOptions,
): Promise<Response> {
  const asStranger = { signal, credentials: 'omit', referrerPolicy: 'no-referrer' } as const;
  try {
    return await fetchInTime(fetchImage, url, asStranger, stallMs);
  } catch (cause) {
    if (signal.aborted) throw asVqaError(cause);
    if (cause instanceof StallError) {
      const message = `${url.host} took the request and said nothing for ${cause.seconds} s.`;
      throw new VqaError('image-url-failed', message, { cause });
    }
    const again = fetchInTime(fetchImage, url, { ...asStranger, mode: 'no-cors' }, stallMs);
    const answersWithoutCors = await again.then(
      () => true,
      () => false,
    );
    throw explainRefusal(url, answersWithoutCors, cause);
  }
}

/**
 * A failed `fetch` does not say why. Without CORS the same request brings an answer that the page cannot read but
 * may know to exist: then the network is fine, and it is the other side's policy that keeps the photo. On a
 * cross-origin isolated page the browser hides even that answer, so the two cases cannot be told apart there.
 */
function explainRefusal(url: URL, answersWithoutCors: boolean, cause: unknown): VqaError {
  const host = url.host || 'The address';
  if (answersWithoutCors) {
    return new VqaError('image-url-blocked', `${host} does not allow other sites to read its images.`, {
      cause,
    });
  }
  if (url.protocol === 'http:' && globalThis.location?.protocol === 'https:') {
    const message = `The browser does not let a secure page fetch from ${host} over http.`;
    return new VqaError('image-url-blocked', message, { cause });
  }
  if ('onLine' in (globalThis.navigator ?? {}) && !globalThis.navigator.onLine) {
    return new VqaError('image-url-failed', 'This device is offline.', { cause });
  }
  if (globalThis.crossOriginIsolated) {
    const message = `${host} does not allow other sites to read its images, or cannot be reached.`;
    return new VqaError('image-url-blocked', message, { cause });
  }
  return new VqaError('image-url-failed', `${host} could not be reached.`, { cause });
}

async function readPhoto(
  response: Response,
  host: string,
  stallMs: number,
): Promise<Uint8Array<ArrayBuffer>[]> {
  refuseBeyondLimit(Number(response.headers.get('content-length') ?? 0), host);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const broken = (cause: unknown) => {
    const how =
      cause instanceof StallError
        ? `stopped after ${bytes} bytes: ${cause.message}`
        : `broke off after ${bytes} bytes`;
    return new VqaError('image-url-failed', `The photo from ${host} ${how}.`, { cause });
  };
  for await (const chunk of responseChunks(response, stallMs, broken)) {
    bytes += chunk.byteLength;
    refuseBeyondLimit(bytes, host);
    chunks.push(chunk);
  }
  return chunks;
}

function refuseBeyondLimit(bytes: number, host: string): void {
  if (bytes <= MAX_BYTES) return;
  const [megabytes, limit] = [Math.ceil(bytes / 1e6), MAX_BYTES / 1e6];
  throw new VqaError(
    'image-too-large',
    `The file at ${host} has ${megabytes} MB or more; the limit is ${limit} MB.`,
  );
}

/** Servers that do not know a file's type say nothing, or “octet-stream”. */
function mayBeImage(contentType: string): boolean {
  return contentType === '' || contentType.startsWith('image/') || contentType.endsWith('/octet-stream');
}

function nameOf(url: URL): string {
  if (!url.host) return 'photo';
  const last = url.pathname.split('/').findLast((part) => part !== '');
  try {
    return last ? decodeURIComponent(last) : url.host;
  } catch {
    // A stray per cent sign: the name stays as it was written.
    return last ?? url.host;
  }
}

function abridge(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
