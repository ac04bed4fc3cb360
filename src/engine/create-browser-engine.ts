/** The engine with what a browser's worker gives it. */
import type { Engine } from '../core/engine.ts';
import { madePackFolder } from '../core/published.ts';
import { createEngine } from './create-engine.ts';
import { createWebPackStore } from './fetch-pack.ts';
import { findGpu } from './find-gpu.ts';
import { createMadePackStore } from './made-packs.ts';
import { createPackCache } from './pack-cache.ts';
import { readPixels } from './read-pixels.ts';
import { createRegionStore } from './region-store.ts';

export function createBrowserEngine(): Engine {
  const cache = createPackCache(cacheStorage(), quotaBytes);
  const web = createWebPackStore({ cache, fetch: (input, init) => fetch(input, init) });
  const made = createMadePackStore(() => navigator.storage.getDirectory());
  return createEngine({
    readPixels,
    regionStore: createRegionStore(cacheStorage()),
    findGpu,
    // Dynamic: a page downloads the build that it runs, and no other.
    openRuntime: async (backend) =>
      backend === 'webgpu'
        ? (await import('./open-webgpu-runtime.ts')).openWebgpuRuntime()
        : (await import('./open-wasm-runtime.ts')).openWasmRuntime(),
    packStore: {
      ...web,
      fetch: (packUrl, options) => (madePackFolder(packUrl) === null ? web : made).fetch(packUrl, options),
    },
  });
}

/** Undefined on pages that are not served securely; forbidden even to look at in a sandboxed frame. */
function cacheStorage(): CacheStorage | undefined {
  try {
    return globalThis.caches;
  } catch {
    return undefined;
  }
}

async function quotaBytes(): Promise<number | null> {
  try {
    return (await navigator.storage.estimate()).quota ?? null;
  } catch {
    return null;
  }
}
