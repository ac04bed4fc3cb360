/** A pack that keeps regions looks at a photo once. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Engine } from '../../core/engine.ts';
import { createEngine } from '../../engine/create-engine.ts';
import { MemoryCacheStorage } from '../../engine/pack/memory-cache.ts';
import { openNodeRuntime } from '../../engine/runtime/open-node-runtime.ts';
import { createRegionStore, type RegionStore } from '../../engine/detect/region-store.ts';
import { folderPackStore } from '../folder-pack-store.ts';
import { readPixelsNode } from '../read-pixels-node.ts';

const root = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const QUESTION = 'What is on the table?';

const OPENING_TIMEOUT_MS = 120_000;

let looks = 0;
let storage = new MemoryCacheStorage();
const regionStore = (): RegionStore => createRegionStore(storage);

/** What it has stored is swapped from test to test. */
async function openEngine(): Promise<Engine> {
  const engine = createEngine({
    readPixels: async (image) => {
      looks += 1;
      return await readPixelsNode(image);
    },
    regionStore: {
      read: (key) => regionStore().read(key),
      write: (key, kept) => regionStore().write(key, kept),
      inspect: () => regionStore().inspect(),
      clear: () => regionStore().clear(),
    },
    openRuntime: () => Promise.resolve(openNodeRuntime(1)),
    findGpu: () => Promise.resolve({ gpu: 'none', because: 'Node has no WebGPU' }),
    packStore: {
      ...folderPackStore,
      inspect: () => Promise.resolve({ status: 'available', packs: [], quotaBytes: null }),
      async fetch(packUrl, options) {
        const fetched = await folderPackStore.fetch(packUrl, options);
        const { pack } = fetched;
        return { ...fetched, pack: { ...pack, detector: { ...pack.detector, keepRegions: true } } };
      },
    },
  });
  const packUrl = `${pathToFileURL(root('models/fixtures/tiny-pack')).href}/`;
  await engine.load({ packUrl, backend: 'wasm' });
  return engine;
}

async function sample(name: string): Promise<Blob> {
  return new Blob([new Uint8Array(await readFile(root(`public/samples/${name}`)))]);
}

describe('a pack that keeps regions', () => {
  let engine: Engine;
  let image: Blob;

  beforeAll(async () => {
    engine = await openEngine();
    image = await sample('coffee.jpg');
  }, OPENING_TIMEOUT_MS);

  beforeEach(() => {
    looks = 0;
    storage = new MemoryCacheStorage();
  });

  it('finds them again without looking, and answers alike', async () => {
    const scene = await engine.detect({ imageId: 'photo', image });
    const answered = await engine.ask({ imageId: 'photo', question: QUESTION });
    expect(looks).toBe(1);
    const again = await engine.detect({ imageId: 'the same photo', image });
    expect(looks).toBe(1);
    expect(again.regions).toEqual(scene.regions);
    expect(again.size).toEqual(scene.size);
    const { answers, confidence } = await engine.ask({ imageId: 'the same photo', question: QUESTION });
    expect({ answers, confidence }).toEqual({ answers: answered.answers, confidence: answered.confidence });
    await engine.detect({ imageId: 'another photo', image: await sample('cat.jpg') });
    expect(looks).toBe(2);
  });

  it('says what is kept, and lets go of it with everything else that is stored', async () => {
    await engine.detect({ imageId: 'photo', image });
    expect(await engine.inspectCache()).toMatchObject({ status: 'available', photos: { count: 1 } });
    await engine.clearCache();
    expect(await engine.inspectCache()).toMatchObject({ photos: { count: 0, storedBytes: 0 } });
    await engine.detect({ imageId: 'photo', image });
    expect(looks).toBe(2);
  });

  it('looks at the photo after all where storage is full', async () => {
    storage = new MemoryCacheStorage(1000);
    const { regions } = await engine.detect({ imageId: 'photo', image });
    expect((await engine.detect({ imageId: 'photo', image })).regions).toEqual(regions);
    expect(looks).toBe(2);
  });

  it('draws a region into a photo that it has not looked at in this visit', async () => {
    const regions = [0, { xmin: 0.2, ymin: 0.1, xmax: 0.7, ymax: 0.9 }];
    await engine.detect({ imageId: 'seen', image });
    await engine.detect({ imageId: 'kept', image });
    expect(looks).toBe(1);
    const ofSeen = await engine.editRegions({ imageId: 'seen', editedId: 'seen, edited', regions });
    const ofKept = await engine.editRegions({ imageId: 'kept', editedId: 'kept, edited', regions });
    expect(ofKept.regions).toEqual(ofSeen.regions);
    expect(looks).toBe(2);
  });
});
