/** Recordings that answer about their photo until the models are here. */
import type { StoreApi } from 'zustand/vanilla';
import type { Engine } from '../../core/engine.ts';
import type { ImageId } from '../../core/types.ts';
import type { Latest } from './latest.ts';
import type { Photo, SessionState } from './state.ts';
import { addExchange } from './transitions.ts';

export interface StandIns {
  readonly add: (imageId: ImageId, standIn: Engine) => void;
  /** False when the photo has no stand-in, or none that knows the question: the models have to answer. */
  readonly answer: (photo: Photo, question: string) => Promise<boolean>;
}

export function createStandIns(
  { setState }: StoreApi<SessionState>,
  asking: Latest,
  nextId: () => number,
): StandIns {
  const standIns = new Map<ImageId, Engine>();
  return {
    add: (imageId, standIn) => standIns.set(imageId, standIn),
    async answer(photo, question) {
      const { imageId, blob } = photo;
      const standIn = standIns.get(imageId);
      if (!standIn) return false;
      const signal = asking.start();
      try {
        const scene = await standIn.detect({ imageId, image: blob }, { signal });
        const prediction = await standIn.ask({ imageId, question }, { signal });
        if (signal.aborted) return true;
        const exchange = { id: nextId(), photo, scene, prediction, standIn };
        // Readable, as far as anyone can see: a bad file after it brings it back.
        setState((state) => ({ ...addExchange(state, exchange), replaced: null }));
        return true;
      } catch {
        // Whatever a stand-in cannot do, the models can: the question goes on waiting for them.
        return signal.aborted;
      }
    },
  };
}
