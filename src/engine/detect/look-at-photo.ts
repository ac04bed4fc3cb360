/** From a photo's file to its regions: the detector's stages in their order, or what an earlier look at the photo left. */
import type { CallOptions, DetectProgress } from '../../core/engine.ts';
import type { ModelPack } from '../../core/pack/pack.ts';
import type { DetectTimings, ImageNotice, Pixels } from '../../core/types.ts';
import { classifyRegions, proposeRegions } from './detect-regions.ts';
import type { PackGraphs } from '../pack/pack-graphs.ts';
import { preprocessImage } from '../photo/preprocess-image.ts';
import type { KeptRegions } from './region-record.ts';
import { NO_REGION_STORE, regionKey, type RegionStore } from './region-store.ts';
import type { Proposals } from './run-roi-head.ts';
import { createStopwatch } from '../runtime/stopwatch.ts';

export interface LookDependencies {
  readonly readPixels: (
    image: Blob,
    signal?: AbortSignal,
  ) => Promise<{
    readonly pixels: Pixels;
    readonly notices: readonly ImageNotice[];
    /** Where the browser would show the file as it lies. */
    readonly upright?: Blob | null;
  }>;
  /** Without it every look is the first. */
  readonly regionStore?: RegionStore;
}

export interface Look {
  readonly found: KeptRegions;
  readonly upright: Blob | null;
  /** What the detector proposed in this look; null where the regions were kept from an earlier one. */
  readonly proposed: Proposals | null;
  /** Works out what the detector proposes, from the photo's file. */
  readonly proposals: (signal?: AbortSignal) => Promise<Proposals>;
  readonly timings: Omit<DetectTimings, 'encodeMs'>;
}

interface Detector {
  readonly pack: ModelPack;
  readonly graphs: Pick<PackGraphs, 'backbone' | 'roiHead'>;
}

export async function lookAtPhoto(
  image: Blob,
  { pack, graphs }: Detector,
  { readPixels, regionStore = NO_REGION_STORE }: LookDependencies,
  { signal, onProgress }: CallOptions<DetectProgress> = {},
): Promise<Look> {
  const { lap } = createStopwatch();
  const begin = (stage: DetectProgress['stage']): void => {
    signal?.throwIfAborted();
    onProgress?.({ stage });
  };
  begin('read');
  const key = pack.detector.keepRegions ? await regionKey(pack, image) : null;
  const kept = key === null ? null : await regionStore.read(key);
  const proposalsAnew = async (later?: AbortSignal): Promise<Proposals> => {
    const { pixels } = await readPixels(image, later);
    const input = preprocessImage(pixels, pack.image);
    return await proposeRegions(graphs.backbone, input, pack.detector, pixels, { signal: later });
  };
  if (kept !== null) {
    const isTurned = kept.notices.includes('turned-upright');
    const upright = isTurned ? (await readPixels(image, signal)).upright : null;
    return {
      upright: upright ?? null,
      found: kept,
      proposed: null,
      proposals: proposalsAnew,
      timings: { readMs: lap(), preprocessMs: 0, proposeMs: 0, classifyMs: 0 },
    };
  }
  const { pixels, notices, upright } = await readPixels(image, signal);
  const readMs = lap();
  const input = preprocessImage(pixels, pack.image);
  const preprocessMs = lap();
  begin('propose');
  const proposals = await proposeRegions(graphs.backbone, input, pack.detector, pixels, {
    signal,
    onProgress: (steps) => onProgress?.({ stage: 'propose', steps }),
  });
  const proposeMs = lap();
  begin('classify');
  const classified = await classifyRegions(graphs.roiHead, proposals, pack, {
    signal,
    onProgress: (steps) => onProgress?.({ stage: 'classify', steps }),
  });
  const classifyMs = lap();
  const { width, height } = pixels;
  const found = { size: { width, height }, notices, ...classified };
  if (key !== null) await regionStore.write(key, found);
  return {
    found,
    upright: upright ?? null,
    proposed: proposals,
    proposals: proposalsAnew,
    timings: { readMs, preprocessMs, proposeMs, classifyMs },
  };
}
