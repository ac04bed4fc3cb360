/** Under the photo: what the colors of the explanation stand for, and the same in words. */
import { percent } from '../../core/percent.ts';
import { verdictOf } from '../../explain/looking.ts';
import { photoSentence, rankingName } from '../../session/words/explanation-words.ts';
import type { ShownExplanation } from '../../session/inquiry/show-explanation.ts';
import { useLab } from '../lab-context.ts';
import { PictureLegend } from '../image/PictureLegend.tsx';

export function WhyCaption({ shown }: { readonly shown: ShownExplanation }) {
  const { complete } = shown;
  const looking = useLab((lab) => lab.looking);
  const isGuess = looking.status === 'done' && verdictOf(looking.result) === 'guessed';
  // The map has a scale of its own: how little of it all the photo may be is said beside it.
  const share = complete.signed ? `; ${percent(complete.shares.image)} of the evidence is in the photo` : '';
  return (
    <section className="attention-caption" aria-label="Why, in words">
      <p className="attention-sentence">
        {photoSentence(shown)}
        {isGuess && ' But it is mostly a guess: any photo, or none, gives nearly the same answer.'}
      </p>
      <div>
        <PictureLegend of="evidence" />
        <p className="aside">
          Why {answerWords(shown)}, by {rankingName(shown.method).toLowerCase()}
          {share}
        </p>
      </div>
    </section>
  );
}

/** ““brown” rather than “two””. */
export function answerWords({ answer, against }: Pick<ShownExplanation, 'answer' | 'against'>): string {
  return against === null ? `“${answer}”` : `“${answer}” rather than “${against}”`;
}
