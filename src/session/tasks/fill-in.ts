/** Fill the blank: a sentence whose hidden words are told from the photo, and from the sentence alone. */
import type { FilledText } from '../../core/types.ts';
import { withPhotos } from './photo-at-hand.ts';
import { taskWorkOf } from './task-work.ts';
import { withoutEach } from './without-each.ts';

/** What stands for a hidden word. */
export const BLANK = '[MASK]';

export interface FillInDraft {
  readonly sentence: string;
  /** Positions of hidden words; a word that is typed as `BLANK` is always hidden. */
  readonly hidden: readonly number[];
}

export interface FillInResult {
  readonly seen: FilledText;
  /** The same without the photo. */
  readonly blind: FilledText;
  /** What was hidden, for each blank; null where it was typed as a blank. */
  readonly originals: readonly (string | null)[];
  /** For each blank, what its best word loses without each thing, [region]; null while nothing is known. */
  readonly evidence: readonly Float32Array[] | null;
}

export const fillInWork = taskWorkOf<FillInDraft, FillInResult>({
  id: 'fill-in',
  empty: { sentence: '', hidden: [] },
  write: ({ sentence, hidden }) =>
    new Map([
      ...(sentence === '' ? [] : [['text', sentence] as const]),
      ...(hidden.length === 0 ? [] : [['hide', hidden.join('.')] as const]),
    ]),
  read: (fields) => ({
    sentence: fields.get('text') ?? '',
    hidden: (fields.get('hide') ?? '').split('.').filter(isWholeNumber).map(Number),
  }),
  isComplete: (draft) => blankWords(draft).length > 0,
  async run(draft, { engine, photo, scene, signal, answer }) {
    const text = textOf(draft);
    const { imageId } = photo;
    const words = wordsIn(draft.sentence);
    const originals = blankWords(draft).map((place) => {
      const { core } = words[place]!;
      return core === BLANK ? null : core.toLowerCase();
    });
    const everything = scene.regions.map((_, region) => region);
    const first = await withPhotos(engine, [photo], signal, () =>
      engine.fillIn({ imageId, text }, { signal }),
    );
    // The best word first: it is the one that evidence is about.
    const follow = first.masks.map(({ words: guessed }, place) =>
      [guessed[0]?.word, originals[place]].filter((word) => typeof word === 'string'),
    );
    const seen = await engine.fillIn({ imageId, text, follow }, { signal });
    const change = { hiddenRegions: everything };
    const blind = await engine.fillIn({ imageId, text, follow, change }, { signal });
    const known: FillInResult = { seen, blind, originals, evidence: null };
    answer(known, { done: 0, total: 1 });
    const evidence = await withoutEach(
      scene.regions,
      bestScores(seen),
      async (hiddenRegions) =>
        bestScores(await engine.fillIn({ imageId, text, follow, change: { hiddenRegions } }, { signal })),
      (steps) => answer(known, steps),
    );
    return { ...known, evidence };
  },
});

function bestScores({ masks }: FilledText): readonly number[] {
  return masks.map(({ followed }) => followed?.[0]?.score ?? 0);
}

export interface SentenceWord {
  readonly before: string;
  /** The word without the punctuation around it. */
  readonly core: string;
  readonly after: string;
}

export function wordsIn(sentence: string): readonly SentenceWord[] {
  return sentence
    .split(/\s+/u)
    .filter((word) => word !== '')
    .map((word) => {
      const [, before = '', core = word, after = ''] =
        /^([^\p{L}\p{N}[]*)(\[MASK\]|[\p{L}\p{N}].*?)?([^\p{L}\p{N}\]]*)$/u.exec(word) ?? [];
      return { before, core, after };
    });
}

/** Positions of the words that are hidden, in order. */
export function blankWords({ sentence, hidden }: FillInDraft): readonly number[] {
  return [...wordsIn(sentence).entries()].flatMap(([place, { core }]) =>
    core === BLANK || hidden.includes(place) ? [place] : [],
  );
}

/** The sentence as the model reads it. */
export function textOf(draft: FillInDraft): string {
  const blanks = new Set(blankWords(draft));
  return wordsIn(draft.sentence)
    .map(({ before, core, after }, place) => `${before}${blanks.has(place) ? BLANK : core}${after}`)
    .join(' ');
}

function isWholeNumber(text: string): boolean {
  return /^\d{1,3}$/u.test(text);
}
