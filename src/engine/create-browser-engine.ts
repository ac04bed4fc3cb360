/** The engine with what a browser's worker gives it. */
import type { Engine } from '../core/engine.ts';
import { createEngine } from './create-engine.ts';
import { createWebPackStore } from './fetch-pack.ts';
import { findGpu } from './find-gpu.ts';
import { createPackCache } from './pack-cache.ts';
import { readPixels } from './read-pixels.ts';

export function createBrowserEngine(): Engine {
  const cache = createPackCache(globalThis.caches, async () => {
    const { quota } = await navigator.storage.estimate();
    return quota ?? null;
  });
  return createEngine({
    readPixels,
    findGpu,
    // Dynamic: a page downloads the build that it runs, and no other.
    openRuntime: async (backend) =>
      backend === 'webgpu'
        ? (await import('./open-webgpu-runtime.ts')).openWebgpuRuntime()
        : (await import('./open-wasm-runtime.ts')).openWasmRuntime(),
    packStore: createWebPackStore({ cache, fetch: (input, init) => fetch(input, init) }),
  });
}
