/** Guess the hidden region: boxes without what they show, told from the rest of the photo and a sentence. */
import type { RegionGuesses } from '../../core/types.ts';
import { withPhotos } from './photo-at-hand.ts';
import { taskWorkOf } from './task-work.ts';
import { withoutEach } from './without-each.ts';

export interface GuessDraft {
  /** Indices into the regions of the photo on screen. */
  readonly regions: readonly number[];
  readonly text: string;
}

export interface GuessResult {
  readonly guesses: RegionGuesses;
  /** For each guess, what its best label loses without each other thing, [region]; null while nothing is known. */
  readonly evidence: readonly Float32Array[] | null;
}

export const guessWork = taskWorkOf<GuessDraft, GuessResult>({
  id: 'guess-region',
  empty: { regions: [], text: '' },
  write: ({ regions, text }) =>
    new Map([
      ...(regions.length === 0 ? [] : [['hide', regions.join('.')] as const]),
      ...(text === '' ? [] : [['text', text] as const]),
    ]),
  read: (fields) => ({
    regions: (fields.get('hide') ?? '')
      .split('.')
      .filter((part) => /^\d{1,3}$/u.test(part))
      .map(Number),
    text: fields.get('text') ?? '',
  }),
  isComplete: ({ regions }) => regions.length > 0,
  async run({ regions: wanted, text }, { engine, photo, scene, signal, answer }) {
    const { imageId } = photo;
    // An address may be of other regions than those that this pack found.
    const regions = wanted.filter((region) => region < scene.regions.length);
    const guesses = await withPhotos(engine, [photo], signal, () =>
      engine.guessRegions({ imageId, regions, text }, { signal }),
    );
    const follow = guesses.guesses.map(({ labels }) => labels[0]?.label ?? '');
    const known: GuessResult = { guesses, evidence: null };
    answer(known, { done: 0, total: 1 });
    const evidence = await withoutEach(
      scene.regions,
      guesses.guesses.map(({ labels }) => labels[0]?.score ?? 0),
      async (alsoHidden) => {
        const params = { imageId, regions, text, alsoHidden, follow };
        const without = await engine.guessRegions(params, { signal });
        return without.guesses.map(({ followed }) => followed?.score ?? 0);
      },
      (steps) => answer(known, steps),
      regions,
    );
    return { guesses, evidence };
  },
});

/** The box and, where it was hidden, shows it again. */
export function toggleHidden({ regions, text }: GuessDraft, region: number): GuessDraft {
  const isHidden = regions.includes(region);
  return {
    text,
    regions: isHidden ? regions.filter((each) => each !== region) : [...regions, region],
  };
}
