/** The photo on screen with its regions, held by the engine: loads the models and waits for the look at it where needed. */
import type { Engine } from '../../core/engine.ts';
import { VqaError } from '../../core/errors.ts';
import type { Scene } from '../../core/types.ts';
import type { Photo, Session, SessionState } from '../work/state.ts';

export interface PhotoAtHand {
  readonly photo: Photo;
  readonly scene: Scene;
}

/** @throws VqaError with the reason why there is none */
export async function photoAtHand(
  session: Pick<Session, 'getState' | 'subscribe' | 'load'>,
  signal: AbortSignal,
): Promise<PhotoAtHand> {
  if (session.getState().photo.status === 'none') {
    throw new VqaError('image-forgotten', 'There is no photo yet.');
  }
  await session.load();
  const found = await new Promise<PhotoAtHand>((resolve, reject) => {
    const look = (state: SessionState): boolean => {
      const { photo, engine: models } = state;
      if (signal.aborted) reject(new VqaError('cancelled', 'The work was cancelled.'));
      else if (models.status === 'failed') reject(VqaError.fromReport(models.error));
      else if (photo.status === 'failed') reject(VqaError.fromReport(photo.error));
      else if (photo.status === 'none') reject(new VqaError('image-forgotten', 'There is no photo yet.'));
      else if (photo.status === 'ready' && models.status === 'ready') resolve(photo);
      else return false;
      return true;
    };
    if (look(session.getState())) return;
    const stop = session.subscribe((state) => {
      if (look(state)) stop();
    });
    signal.addEventListener('abort', () => {
      stop();
      look(session.getState());
    });
  });
  return { photo: found.photo, scene: found.scene };
}

/** Runs `work` again where the engine had forgotten a photo that it needs. */
export async function withPhotos<Result>(
  engine: Engine,
  photos: readonly Photo[],
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof VqaError) || thrown.code !== 'image-forgotten') throw thrown;
    for (const { imageId, blob } of photos) await engine.detect({ imageId, image: blob }, { signal });
    return await work();
  }
}
