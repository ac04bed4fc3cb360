/**
 * One database for each tab, under the tab's id. A lock of the same name lives as long as the tab shows the page: a
 * database whose lock is free belongs to a tab that is closed, and whoever opens the page next erases it.
 */
import { clear, createStore, delMany, getMany, keys, setMany, type UseStore } from 'idb-keyval';
import { TAB_ID } from './tab-choice.ts';

const PREFIX = 'in-page-vqa-tab-';

/** The page before a reload lets its lock go as it ends; a tab that was copied waits in vain. */
const WAIT_MS = 1000;
/** Longer than a page is without a lock while it is reloaded. */
const RELOADED_AFTER_MS = 5000;

export interface TabStore {
  /** Something may be in it from before a reload. */
  readonly isOld: boolean;
  readonly read: (names: readonly string[]) => Promise<unknown[]>;
  /** Writes `entries`, and erases everything whose name is not among `names`. */
  readonly write: (
    entries: readonly (readonly [string, unknown])[],
    names: ReadonlySet<string>,
  ) => Promise<void>;
  readonly erase: () => Promise<void>;
}

/** @throws where the browser keeps nothing */
export async function openTabStore(): Promise<TabStore> {
  const known = sessionStorage.getItem(TAB_ID);
  const isOld = known !== null && (await hold(PREFIX + known, { signal: AbortSignal.timeout(WAIT_MS) }));
  const id = isOld ? known : crypto.randomUUID();
  if (!isOld) {
    await hold(PREFIX + id, {});
    sessionStorage.setItem(TAB_ID, id);
  }
  await eraseClosed(PREFIX + id);
  const store: UseStore = createStore(PREFIX + id, 'kept');
  return {
    isOld,
    read: (names) => getMany([...names], store),
    async write(entries, names) {
      await setMany(
        entries.map(([name, value]) => [name, value]),
        store,
      );
      const present = await keys<string>(store);
      await delMany(
        present.filter((name) => !names.has(name)),
        store,
      );
    },
    erase: () => clear(store),
  };
}

/** Resolves with whether the lock was got; it is held until the page ends. */
function hold(name: string, options: LockOptions): Promise<boolean> {
  return new Promise((resolve) => {
    navigator.locks
      .request(name, options, async () => {
        resolve(true);
        await new Promise(() => undefined);
      })
      .catch(() => resolve(false));
  });
}

/** A lock that is free now and later: the page of a tab that is being reloaded is without its lock for a moment. */
async function eraseClosed(own: string): Promise<void> {
  const seemClosed = await withoutLock(own);
  setTimeout(() => {
    void withoutLock(own).then((closed) => {
      for (const name of closed) if (seemClosed.includes(name)) indexedDB.deleteDatabase(name);
    });
  }, RELOADED_AFTER_MS);
}

/** Databases of tabs other than `own` that no page holds a lock for. */
async function withoutLock(own: string): Promise<string[]> {
  const [databases, { held = [] }] = await Promise.all([indexedDB.databases(), navigator.locks.query()]);
  const isHeld = new Set(held.map(({ name }) => name));
  return databases.flatMap(({ name = '' }) =>
    name.startsWith(PREFIX) && name !== own && !isHeld.has(name) ? name : [],
  );
}
