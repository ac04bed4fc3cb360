/** Does the sentence fit? Several sentences about one photo, ranked. */
import type { Match } from '../../core/types.ts';
import { withPhotos } from './photo-at-hand.ts';
import { taskWorkOf } from './task-work.ts';

export interface MatchDraft {
  readonly sentences: readonly string[];
}

export interface MatchResult {
  /** By falling score. */
  readonly ranked: readonly Match[];
}

export const MOST_SENTENCES = 20;

export const matchWork = taskWorkOf<MatchDraft, MatchResult>({
  id: 'match',
  empty: { sentences: [] },
  write: ({ sentences }) => new Map(sentences.length > 0 ? [['text', sentences.join('\n')]] : []),
  read: (fields) => ({ sentences: sentencesOf(fields.get('text') ?? '') }),
  isComplete: ({ sentences }) => sentences.length > 0,
  async run({ sentences }, { engine, photo, signal, tell }) {
    const matches: Match[] = [];
    const { imageId } = photo;
    for (const text of sentences) {
      matches.push(
        await withPhotos(engine, [photo], signal, () => engine.match({ imageId, text }, { signal })),
      );
      tell({ ranked: byScore(matches) }, { done: matches.length, total: sentences.length });
    }
    return { ranked: byScore(matches) };
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
