/** The body of an answer from the web, as it comes. */

/**
 * Ends early when the connection gives nothing for `stallMs`; who counts the bytes notices.
 * @param broken what a connection that breaks off becomes
 */
export async function* responseChunks(
  response: Response,
  stallMs: number,
  broken: (cause: unknown) => Error,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void> {
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  try {
    for (;;) {
      const stalled = setTimeout(() => void reader.cancel().catch(() => undefined), stallMs);
      const { done, value } = await reader.read().finally(() => clearTimeout(stalled));
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
