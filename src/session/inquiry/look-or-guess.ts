/** Asks a question again with less to look at: nothing, another photo, boxes in each other's places. */
import type { CallOptions, Engine } from '../../core/engine.ts';
import type { Change } from '../../core/explanation.ts';
import type { LookingTest, Trial } from '../../explain/looking.ts';
import type { ImageId, Prediction } from '../../core/types.ts';
import type { Exchange } from '../work/state.ts';

/** Of the order in which boxes change places; the same each time, so that the test can be repeated. */
const SHUFFLE_SEED = 1;

/** @param findOther the photo to exchange this one for; null when there is none */
export async function lookOrGuess(
  engine: Engine,
  { photo, scene, prediction }: Exchange,
  findOther: () => Promise<Blob | null>,
  { signal, onProgress }: Required<CallOptions<number>>,
): Promise<LookingTest> {
  const { question, answers } = prediction;
  const [best] = answers;
  const { answer, score } = best ?? { answer: '', score: 0 };
  let trials = 0;

  async function ask(imageId: ImageId, change?: Change): Promise<Trial> {
    const asked = await engine.ask({ imageId, question, change, follow: [answer] }, { signal });
    trials += 1;
    onProgress(trials);
    return trialOf(asked);
  }

  const blind = await ask(photo.imageId, { hiddenRegions: scene.regions.map((_, index) => index) });
  const shuffled = await ask(photo.imageId, { shuffledBoxes: SHUFFLE_SEED });
  const other = await findOther();
  if (!other) return { answer, score, blind, otherPhoto: null, shuffled };

  const imageId = `${photo.imageId}-exchanged`;
  try {
    await engine.detect({ imageId, image: other }, { signal });
    return { answer, score, blind, otherPhoto: await ask(imageId), shuffled };
  } finally {
    await engine.forget({ imageId });
  }
}

function trialOf({ answers, followed = [] }: Prediction): Trial {
  return { best: answers[0] ?? { answer: '', score: 0 }, score: followed[0]?.score ?? 0 };
}
