/** The engine with what a browser's worker gives it. */
import type { Engine } from '../core/engine.ts';
import { madePackFolder } from '../core/published.ts';
import { createEngine } from './create-engine.ts';
import { fetchCode } from './pack/fetch-code.ts';
import { createWebPackStore } from './pack/fetch-pack.ts';
import { findGpu } from './runtime/find-gpu.ts';
import { createPackCache } from './pack/pack-cache.ts';
import { readPixels } from './photo/read-pixels.ts';
import { createRegionStore } from './detect/region-store.ts';

export function createBrowserEngine(): Engine {
  const cache = createPackCache(cacheStorage(), quotaBytes);
  const web = createWebPackStore({ cache, fetch: (input, init) => fetch(input, init) });
  return createEngine({
    readPixels,
    regionStore: createRegionStore(cacheStorage()),
    findGpu,
    // Dynamic: a page downloads the build that it runs, and no other.
    openRuntime: async (backend) =>
      backend === 'webgpu'
        ? await (await import('./runtime/open-webgpu-runtime.ts')).openWebgpuRuntime()
        : await (await import('./runtime/open-wasm-runtime.ts')).openWasmRuntime(),
    packStore: {
      ...web,
      async fetch(packUrl, options) {
        if (madePackFolder(packUrl) === null) return await web.fetch(packUrl, options);
        const { createMadePackStore } = await fetchCode(() => import('./pack/made-packs.ts'));
        return await createMadePackStore(() => navigator.storage.getDirectory()).fetch(packUrl, options);
      },
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
