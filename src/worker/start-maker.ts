/** What the worker that makes packs runs: a folder of the browser's private file system, and a port. */
import { createPackMaker } from '../convert/create-pack-maker.ts';
import { opfsFolder } from '../convert/folder/opfs-folder.ts';
import { VqaError } from '../core/errors.ts';
import { MEASURED_PHOTO } from '../core/published.ts';
import { serveMaker } from './maker-boundary.ts';
import { startRequestLog } from './start-request-log.ts';

export function startMaker(): void {
  startRequestLog();
  serveMaker(async (settings) => {
    return createPackMaker({
      ...settings,
      root: opfsFolder(await openRoot()),
      fetch: (input, init) => fetch(input, init),
      // Dynamic: whoever only looks at what was made does not download the runtime.
      async recordGolden(pack, readFile, signal) {
        const { openWasmRuntime } = await import('../engine/runtime/open-wasm-runtime.ts');
        const { recordGoldenCase } = await import('../engine/pack/record-golden-case.ts');
        return await recordGoldenCase(await openWasmRuntime(), pack, readFile, signal);
      },
      async measure(parts, signal) {
        const { openWasmRuntime } = await import('../engine/runtime/open-wasm-runtime.ts');
        const { measurePrecision } = await import('../engine/pack/measure-precision.ts');
        const { readPixels } = await import('../engine/photo/read-pixels.ts');
        const photo = await fetch(new URL(`../samples/${MEASURED_PHOTO}`, settings.publishedUrl), {
          signal: signal ?? null,
        });
        const { pixels } = await readPixels(await photo.blob(), signal);
        return await measurePrecision(await openWasmRuntime(), parts, pixels, signal);
      },
      async freeBytes() {
        const { quota, usage } = await navigator.storage.estimate();
        return quota === undefined ? null : quota - (usage ?? 0);
      },
    });
  }, globalThis);
}

/** Private windows refuse it; pages that are not served securely do not even have it. */
async function openRoot(): Promise<FileSystemDirectoryHandle> {
  try {
    return await navigator.storage.getDirectory();
  } catch (thrown) {
    throw new VqaError('storage-refused', 'This browser keeps no files for this page.', { cause: thrown });
  }
}
