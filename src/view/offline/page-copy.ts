/**
 * The copy of the page that the browser keeps, so that it opens without a network. One version is kept as a whole; a
 * newer one waits beside it until the person reloads, and then every tab goes over to it, so that no tab ever runs a
 * mixture of the two.
 */
import { useSyncExternalStore } from 'react';

export interface PageCopy {
  /** `none`: not begun. `refused`: private windows, and pages that are not served securely, keep nothing. */
  readonly status: 'none' | 'keeping' | 'kept' | 'refused';
  readonly isNewerWaiting: boolean;
}

/** The build for GPUs is no part of the copy: it is kept where it has been fetched. */
const GPU_RUNTIME = /\/embed\/ort-wasm-[^/]+\.asyncify-[^/]+\.wasm$/u;
/** As the service worker calls it. */
const GPU_CACHE = 'in-page-vqa-gpu-runtime';

let copy: PageCopy = { status: 'none', isNewerWaiting: false };
let waiting: ServiceWorker | null = null;
const listeners = new Set<() => void>();

function change(part: Partial<PageCopy>): void {
  copy = { ...copy, ...part };
  for (const listener of listeners) listener();
}

export function usePageCopy(): PageCopy {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => copy,
  );
}

/** Begins to keep the page, or looks for a newer version of a page that is kept. */
export async function keepPage(): Promise<void> {
  // The dev server has no such file.
  if (import.meta.env.DEV || copy.status !== 'none') return;
  try {
    // Undefined, or forbidden to look at, where the browser keeps nothing.
    const container = navigator.serviceWorker;
    reloadWithController(container);
    change({ status: container.controller ? 'kept' : 'keeping' });
    const registration = await container.register(new URL('service-worker.js', document.baseURI));
    follow(registration, container);
  } catch {
    change({ status: 'refused' });
  }
}

function follow(registration: ServiceWorkerRegistration, container: ServiceWorkerContainer): void {
  const look = () => {
    if (registration.active) change({ status: 'kept' });
    waiting = registration.active && registration.waiting;
    change({ isNewerWaiting: waiting !== null });
  };
  const followInstalling = () => {
    const { installing } = registration;
    installing?.addEventListener('statechange', () => {
      look();
      // A file that could not be stored: the browser tries again at the next visit.
      if (installing.state === 'redundant' && !registration.active && !container.controller)
        change({ status: 'refused' });
    });
  };
  look();
  followInstalling();
  registration.addEventListener('updatefound', followInstalling);
}

/** The first copy takes a page over that runs the same files; any later one is another version. */
function reloadWithController(container: ServiceWorkerContainer): void {
  let isControlled = container.controller !== null;
  container.addEventListener('controllerchange', () => {
    if (isControlled) location.reload();
    isControlled = true;
  });
}

/** Goes over to the newer version, in every tab of this page. */
export function takeNewer(): void {
  waiting?.postMessage({ type: 'SKIP_WAITING' }, []);
}

/** Keeps what a worker has fetched before the copy was complete. */
export async function keepFetched(urls: readonly string[]): Promise<void> {
  const runtime = urls.find((url) => GPU_RUNTIME.test(url));
  if (runtime === undefined) return;
  try {
    const cache = await caches.open(GPU_CACHE);
    if (await cache.match(runtime)) return;
    await cache.add(runtime);
    // The runtime of an earlier version of the page.
    for (const { url } of await cache.keys()) if (url !== runtime) await cache.delete(url);
  } catch {
    // It is fetched again at the next visit; without a network the models run on the CPU.
  }
}
