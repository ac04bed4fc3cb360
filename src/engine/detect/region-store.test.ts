import { describe, expect, it } from 'vitest';
import { createFakeEngine } from '../../core/testing/engine-fake.ts';
import type { ModelPack } from '../../core/pack/pack.ts';
import { tensor } from '../../core/tensor.ts';
import { MemoryCacheStorage } from '../pack/memory-cache.ts';
import type { KeptRegions } from './region-record.ts';
import { createRegionStore, regionKey } from './region-store.ts';

const found: KeptRegions = {
  size: { width: 30, height: 20 },
  notices: ['converted-from-cmyk'],
  regions: [
    {
      box: { xmin: 0.1, ymin: 0.2, xmax: 0.3, ymax: 0.4 },
      label: 'façade',
      score: 0.75,
      attributes: [{ label: 'red', score: 0.5 }],
    },
    { box: { xmin: 0, ymin: 0, xmax: 1, ymax: 1 }, label: 'wall', score: 0.25, attributes: [] },
  ],
  features: {
    features: tensor<readonly ['region', 'feature']>([2, 3], Float32Array.of(1, 2, 3, -4.5, 0, 1e-9)),
    boxes: tensor<readonly ['region', 'box']>([2, 4], Float32Array.of(0.1, 0.2, 0.3, 0.4, 0, 0, 1, 1)),
  },
  classScores: tensor<readonly ['region', 'class']>([2, 2], Float32Array.of(0.75, 0.1, 0.2, 0.25)),
};

async function somePack(): Promise<ModelPack> {
  const { pack } = await createFakeEngine().load({ packUrl: 'https://example.org/', backend: 'wasm' });
  const graphs = [...pack.detector.backbone, pack.detector.roiHead, 'weights.bin'];
  const files = graphs.map((path, i) => ({ path, bytes: 1, sha256: String(i).repeat(64) }));
  return { ...pack, files, externalData: { [pack.detector.roiHead]: ['weights.bin'] } };
}

describe('createRegionStore', () => {
  it('gives back what was written, and nothing of other photos', async () => {
    const store = createRegionStore(new MemoryCacheStorage());
    await store.write('detector/photo', found);
    expect(await store.read('detector/photo')).toEqual(found);
    expect(await store.read('detector/other')).toBeNull();
    expect(await store.inspect()).toMatchObject({ count: 1 });
  });

  it('forgets the oldest photos', async () => {
    const store = createRegionStore(new MemoryCacheStorage());
    for (let photo = 0; photo < 50; photo += 1) await store.write(`detector/${photo}`, found);
    expect((await store.inspect()).count).toBe(48);
    expect(await store.read('detector/0')).toBeNull();
    expect(await store.read('detector/49')).toEqual(found);
  });

  it('survives a full quota', async () => {
    const store = createRegionStore(new MemoryCacheStorage(700));
    await store.write('detector/first', found);
    await store.write('detector/second', found);
    expect(await store.read('detector/first')).toEqual(found);
    expect(await store.read('detector/second')).toBeNull();
  });

  it('survives a browser that refuses', async () => {
    const refusing = {
      open: () => Promise.reject(new DOMException('not allowed', 'SecurityError')),
      delete: () => Promise.reject(new DOMException('not allowed', 'SecurityError')),
    };
    const store = createRegionStore(Object.assign(new MemoryCacheStorage(), refusing));
    await store.write('detector/photo', found);
    expect(await store.read('detector/photo')).toBeNull();
    expect(await store.inspect()).toEqual({ count: 0, storedBytes: 0 });
    await expect(store.clear()).resolves.toBeUndefined();
    expect(await createRegionStore(undefined).read('detector/photo')).toBeNull();
  });

  it('takes a damaged record for none', async () => {
    const storage = new MemoryCacheStorage();
    const store = createRegionStore(storage);
    await store.write('detector/photo', found);
    storage.damage('detector/photo');
    expect(await store.read('detector/photo')).toBeNull();
  });

  it('clears everything', async () => {
    const storage = new MemoryCacheStorage();
    const store = createRegionStore(storage);
    await store.write('detector/photo', found);
    await store.clear();
    expect(storage.urls()).toEqual([]);
    expect(await store.inspect()).toEqual({ count: 0, storedBytes: 0 });
  });
});

describe('regionKey', () => {
  const photo = new Blob([Uint8Array.of(1, 2, 3)]);

  it('is the same for the same bytes and the same detector, whatever answers the pack gives', async () => {
    const pack = await somePack();
    const key = await regionKey(pack, photo);
    const other = { ...pack, id: 'other', labels: { ...pack.labels, answers: ['42'] } };
    expect(await regionKey(other, new Blob([Uint8Array.of(1, 2, 3)]))).toBe(key);
    expect(await regionKey(pack, new Blob([Uint8Array.of(1, 2, 4)]))).not.toBe(key);
  });

  it('is another one for other weights, another rule and other names', async () => {
    const pack = await somePack();
    const { detector, labels } = pack;
    const changed: ModelPack[] = [
      { ...pack, files: pack.files.map((file) => ({ ...file, sha256: 'f'.repeat(64) })) },
      { ...pack, detector: { ...detector, regions: { ...detector.regions, nmsIous: [0.9] } } },
      { ...pack, image: { ...pack.image, channelOrder: 'BGR' } },
      { ...pack, labels: { ...labels, objects: [...labels.objects].toReversed() } },
    ];
    const keys = await Promise.all([pack, ...changed].map((one) => regionKey(one, photo)));
    expect(new Set(keys).size).toBe(keys.length);
  });
});
