/** The body of an answer from the web, as it comes. */
import { StallError } from './fetch-in-time.ts';

/** @param broken what a connection becomes that breaks off, or gives nothing for `stallMs` */
export async function* responseChunks(
  response: Response,
  stallMs: number,
  broken: (cause: unknown) => Error,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void> {
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  let hasStalled = false;
  const stall = () => {
    hasStalled = true;
    reader.cancel().catch(() => undefined);
  };
  try {
    for (;;) {
      const limit = setTimeout(stall, stallMs);
      const { done, value } = await reader.read().finally(() => clearTimeout(limit));
      if (hasStalled) throw new StallError(stallMs);
      if (done) return;
      yield value;
    }
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === 'AbortError') throw thrown;
    throw broken(thrown);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** The whole body; see `responseChunks`. */
export async function readBody(
  response: Response,
  stallMs: number,
  broken: (cause: unknown) => Error,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of responseChunks(response, stallMs, broken)) chunks.push(chunk);
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
