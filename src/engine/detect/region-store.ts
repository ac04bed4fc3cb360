/**
 * Keeps the regions of photos from visit to visit, so that a detector that takes a minute looks at a photo once.
 * Only what was found is kept, never the photo: its key is the photo's hash.
 */
import type { ModelPack } from '../../core/pack/pack.ts';
import type { KeptPhotos } from '../../core/types.ts';
import { readRegionRecord, writeRegionRecord, type KeptRegions } from './region-record.ts';
import { sha256Hex } from '../pack/sha256.ts';

export interface RegionStore {
  /** Null when they are not here, or not as they were written. */
  read(key: string): Promise<KeptRegions | null>;
  /** Does nothing where the browser refuses: the photo is looked at again on the next visit. */
  write(key: string, kept: KeptRegions): Promise<void>;
  inspect(): Promise<KeptPhotos>;
  clear(): Promise<void>;
}

const CACHE_NAME = 'in-page-vqa-regions';
/** Never asked for: keys of the Cache API must be addresses. */
const KEY_ORIGIN = 'https://regions.invalid/';
/** About 25 MB with 36 regions of 2,048 features and 1,600 classes. */
const MOST_PHOTOS = 48;

/** Where nothing can be kept. */
export const NO_REGION_STORE: RegionStore = {
  read: () => Promise.resolve(null),
  write: () => Promise.resolve(),
  inspect: () => Promise.resolve({ count: 0, storedBytes: 0 }),
  clear: () => Promise.resolve(),
};

/**
 * The same photo seen by the same detector, whatever the rest of the pack is.
 * @param image the file's bytes, not its pixels: a photo saved anew is another one
 */
export async function regionKey(
  { detector, image: settings, labels, externalData, files }: ModelPack,
  image: Blob,
): Promise<string> {
  const graphs = [...detector.backbone, detector.roiHead];
  const paths = [...graphs, ...graphs.flatMap((graph) => externalData?.[graph] ?? [])];
  const hashes = paths.map((path) => files.find((file) => file.path === path)?.sha256 ?? path);
  const { objects, attributes } = labels;
  const described = JSON.stringify({ hashes, detector, settings, objects, attributes });
  const seenBy = await sha256Hex(new TextEncoder().encode(described));
  return `${seenBy}/${await sha256Hex(new Uint8Array(await image.arrayBuffer()))}`;
}

/** @param storage undefined where the browser has none */
export function createRegionStore(storage: CacheStorage | undefined): RegionStore {
  if (storage === undefined) return NO_REGION_STORE;
  // Private windows have the interface and refuse each use of it.
  const open = async (): Promise<Cache | null> => await storage.open(CACHE_NAME).catch(() => null);
  return {
    async read(key) {
      try {
        const response = await (await open())?.match(KEY_ORIGIN + key);
        return response === undefined ? null : readRegionRecord(new Uint8Array(await response.arrayBuffer()));
      } catch {
        return null;
      }
    },

    async write(key, kept) {
      const cache = await open();
      const record = writeRegionRecord(kept);
      try {
        await cache?.put(
          KEY_ORIGIN + key,
          new Response(record, { headers: { 'content-length': String(record.length) } }),
        );
        // The first are the oldest.
        const requests = (await cache?.keys()) ?? [];
        for (const request of requests.slice(0, Math.max(0, requests.length - MOST_PHOTOS))) {
          await cache?.delete(request);
        }
      } catch {
        // The quota is full, or nothing is kept here.
      }
    },

    async inspect() {
      const responses = (await (await open())?.matchAll().catch(() => [])) ?? [];
      const bytes = responses.map(({ headers }) => Number(headers.get('content-length') ?? 0));
      return { count: responses.length, storedBytes: bytes.reduce((sum, length) => sum + length, 0) };
    },

    async clear() {
      await storage.delete(CACHE_NAME).catch(() => false);
    },
  };
}
