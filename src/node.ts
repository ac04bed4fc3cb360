/** The SDK in Node: the same engine and the same results as on a page, in the thread that calls it. */
import { pathToFileURL } from 'node:url';
import { folderPackStore } from './node/folder-pack-store.ts';
import { createNodeEngine } from './node/open-node-engine.ts';
import { createWebPackStore } from './engine/pack/fetch-pack.ts';
import { createPackCache } from './engine/pack/pack-cache.ts';
import { oneAtATime } from './sdk/one-at-a-time.ts';
import { probeEngine, type ProbeReport } from './sdk/probe.ts';
import { createVqa, DEFAULT_PACK, type LoadVqaOptions, type Vqa } from './sdk/vqa.ts';

export * from './sdk/exports.ts';

/**
 * Loads a model pack from a folder or from the web; `backend` can only be WASM here. Every promise rejects with a
 * `VqaError`. Photos are decoded by the package `sharp`, which has to be installed beside this one.
 * @example
 * const vqa = await loadVqa({ pack: 'packs/everyday' });
 * const photo = await vqa.detect(new Blob([await readFile('park.jpg')]));
 * const { answers } = await photo.ask('What is on the table?');
 */
export async function loadVqa(options: LoadVqaOptions = {}): Promise<Vqa> {
  const { engine, report } = await open(options);
  return createVqa(engine, report, () => undefined);
}

/** Loads a pack and measures what it does on this machine. */
export async function probe(options: LoadVqaOptions = {}): Promise<ProbeReport> {
  const { engine, report } = await open(options);
  return probeEngine(engine, report, () => Promise.resolve(process.memoryUsage().rss), options.signal);
}

async function open({ pack = DEFAULT_PACK, backend = 'auto', signal, onProgress }: LoadVqaOptions) {
  const packUrl = new URL(pack.endsWith('/') ? pack : `${pack}/`, pathToFileURL(`${process.cwd()}/`));
  const packStore =
    packUrl.protocol === 'file:'
      ? folderPackStore
      : createWebPackStore({ cache: createPackCache(undefined, () => Promise.resolve(null)), fetch });
  const engine = oneAtATime(createNodeEngine({ packStore }));
  const options = { ...(signal && { signal }), ...(onProgress && { onProgress }) };
  return { engine, report: await engine.load({ packUrl: packUrl.href, backend }, options) };
}
