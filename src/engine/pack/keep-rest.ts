/** Stores what only a tool needs of a pack, too, for use without a network. */
import type { FetchedPack } from './pack-store.ts';

/** Heads and gradients of a shipped pack take a few megabytes; nobody waits for more in the background. */
const MAX_BYTES = 16_000_000;

/** Whoever comes to ask has asked by then; what the first answer waits for comes first. */
const AFTER_MS = 8000;

/** Does nothing where the browser stores nothing, or where it would be much; gives up silently: it is fetched when used. */
export async function keepRest(fetched: FetchedPack, afterMs = AFTER_MS): Promise<void> {
  const { pack, files, storage } = fetched;
  const rest = pack.files.filter(({ path }) => !files.has(path));
  if (storage !== 'stored' || rest.reduce((sum, { bytes }) => sum + bytes, 0) > MAX_BYTES) return;
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  try {
    for (const { path } of rest) await fetched.fetchLater(path, {});
  } catch {
    // The next visit tries again.
  }
}
