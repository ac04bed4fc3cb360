/** Requests that are given up when the other side takes them and then says nothing. */

export class StallError extends Error {
  override readonly name = 'StallError';
  readonly seconds: number;

  constructor(limitMs: number) {
    const seconds = Math.round(limitMs / 1000);
    super(`nothing came for ${seconds} s`);
    this.seconds = seconds;
  }
}

/** After so long without a byte a connection counts as cut. */
export const STALL_MS = 30_000;

/**
 * Until the answer begins; its body has a limit of its own (`responseChunks`).
 * @throws StallError beside what `fetchFrom` throws
 */
export async function fetchInTime(
  fetchFrom: typeof fetch,
  url: URL | string,
  init: RequestInit,
  limitMs: number,
): Promise<Response> {
  const { signal } = init;
  const controller = new AbortController();
  const follow = () => controller.abort(signal?.reason);
  if (signal?.aborted) follow();
  // Stays: the body, too, has to end with it.
  signal?.addEventListener('abort', follow, { once: true });
  let isLate = false;
  const late = setTimeout(() => {
    isLate = true;
    controller.abort();
  }, limitMs);
  try {
    return await fetchFrom(url, { ...init, signal: controller.signal });
  } catch (thrown) {
    throw isLate ? new StallError(limitMs) : thrown;
  } finally {
    clearTimeout(late);
  }
}
