/** The SDK in Node: the same engine and the same results as on a page, in the thread that calls it. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { VqaError } from './core/errors.ts';
import { folderPackStore } from './node/folder-pack-store.ts';
import { createNodeEngine } from './node/open-node-engine.ts';
import { createWebPackStore } from './engine/pack/fetch-pack.ts';
import { createPackCache, type PackCache } from './engine/pack/pack-cache.ts';
import { cacheFolder, createFolderCache } from './node/folder-cache.ts';
import { oneAtATime } from './sdk/one-at-a-time.ts';
import { probeEngine, type ProbeReport } from './sdk/probe.ts';
import { createVqa, DEFAULT_PACK, type LoadVqaOptions, type Vqa } from './sdk/vqa.ts';

export * from './sdk/exports.ts';

const PACK_PACKAGE = 'in-page-vqa-everyday';

/**
 * Loads a model pack from a folder or from the web; where none is given, `packs/everyday/` or the installed package
 * in-page-vqa-everyday. `backend` can only be WASM here. Every promise rejects with a
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

/** What there is where nobody names a pack: the folder that a page would take, or the installed package. */
function defaultPack(): string {
  if (existsSync(join(DEFAULT_PACK, 'pack.json'))) return DEFAULT_PACK;
  try {
    const { resolve } = createRequire(import.meta.url);
    const paths = [process.cwd(), import.meta.dirname];
    return pathToFileURL(join(dirname(resolve(`${PACK_PACKAGE}/package.json`, { paths })), 'pack/')).href;
  } catch (cause) {
    const message = `No pack is given, ${DEFAULT_PACK} is not here, and ${PACK_PACKAGE} is not installed.`;
    throw new VqaError('pack-missing', message, { cause });
  }
}

function cacheOf(cache: LoadVqaOptions['cache']): PackCache {
  return cache === false ? createPackCache(undefined) : createFolderCache(cache ?? cacheFolder());
}

async function open({ pack = defaultPack(), backend = 'auto', signal, onProgress, cache }: LoadVqaOptions) {
  const packUrl = new URL(pack.endsWith('/') ? pack : `${pack}/`, pathToFileURL(`${process.cwd()}/`));
  const packStore =
    packUrl.protocol === 'file:' ? folderPackStore : createWebPackStore({ cache: cacheOf(cache), fetch });
  const engine = oneAtATime(createNodeEngine({ packStore }));
  const options = { ...(signal && { signal }), ...(onProgress && { onProgress }) };
  return { engine, report: await engine.load({ packUrl: packUrl.href, backend }, options) };
}
