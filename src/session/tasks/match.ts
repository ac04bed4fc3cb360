/** Does the sentence fit? Several sentences about one photo, ranked. */
import type { Steps } from '../../core/engine.ts';
import type { Match } from '../../core/types.ts';
import { withPhotos } from './photo-at-hand.ts';
import { taskWorkOf } from './task-work.ts';
import { withoutEach } from './without-each.ts';

export interface MatchDraft {
  readonly sentences: readonly string[];
}

export interface MatchResult {
  /** By falling score. */
  readonly ranked: readonly Match[];
  /** What the score of the best sentence loses without each thing, [region]; null while nothing is known. */
  readonly evidence: Float32Array | null;
}

export const MOST_SENTENCES = 20;

export const matchWork = taskWorkOf<MatchDraft, MatchResult>({
  id: 'match',
  empty: { sentences: [] },
  write: ({ sentences }) => new Map(sentences.length > 0 ? [['text', sentences.join('\n')]] : []),
  read: (fields) => ({ sentences: sentencesOf(fields.get('text') ?? '') }),
  isComplete: ({ sentences }) => sentences.length > 0,
  async run({ sentences }, { engine, photo, scene, signal, tell, answer }) {
    const matches: Match[] = [];
    const { imageId } = photo;
    for (const text of sentences) {
      matches.push(
        await withPhotos(engine, [photo], signal, () => engine.match({ imageId, text }, { signal })),
      );
      tell({ ranked: byScore(matches), evidence: null }, { done: matches.length, total: sentences.length });
    }
    const ranked = byScore(matches);
    const [best] = ranked;
    if (!best) return { ranked, evidence: null };
    const { text } = best;
    const tellSteps = (steps: Steps) => answer({ ranked, evidence: null }, steps);
    tellSteps({ done: 0, total: 1 });
    const [evidence = null] = await withoutEach(
      scene.regions,
      [best.score],
      async (hiddenRegions) => [
        (await engine.match({ imageId, text, change: { hiddenRegions } }, { signal })).score,
      ],
      tellSteps,
    );
    return { ranked, evidence };
  },
});

/** One sentence a line; empty lines and repetitions are left out. */
export function sentencesOf(text: string): readonly string[] {
  const lines = text.split('\n').map((line) => line.trim());
  return [...new Set(lines)].filter((line) => line !== '').slice(0, MOST_SENTENCES);
}

function byScore(matches: readonly Match[]): readonly Match[] {
  return matches.toSorted((a, b) => b.score - a.score);
}
