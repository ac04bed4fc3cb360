/** The engine with what a browser's worker gives it. */
import type { Engine } from '../core/engine.ts';
import { madePackFolder } from '../core/published.ts';
import { VqaError } from '../core/errors.ts';
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
    async openRuntime(backend, signal) {
      if (backend === 'webgpu') {
        const { openWebgpuRuntime } = await fetchStart(() => import('./runtime/open-webgpu-runtime.ts'));
        return await openWebgpuRuntime(signal);
      }
      const { openWasmRuntime } = await fetchStart(() => import('./runtime/open-wasm-runtime.ts'));
      return await openWasmRuntime(signal);
    },
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

/** A browser does not ask again for a module that it could not get: a fresh worker does. */
async function fetchStart<Code>(load: () => Promise<Code>): Promise<Code> {
  try {
    return await load();
  } catch (cause) {
    const message = 'The program that starts the runtime could not be fetched.';
    throw new VqaError('runtime-failed', message, { cause });
  }
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
