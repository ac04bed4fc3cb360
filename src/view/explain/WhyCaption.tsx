/** Under the photo: what the colors of the explanation stand for, and the same in words. */
import { photoSentence, RANKING_NAMES } from '../../session/explanation-words.ts';
import type { ShownExplanation } from '../../session/show-explanation.ts';
import { EvidenceLegend } from './EvidenceLegend.tsx';

export function WhyCaption({ shown }: { readonly shown: ShownExplanation }) {
  return (
    <section className="attention-caption" aria-label="Why, in words">
      <p className="attention-sentence" aria-live="polite">
        {photoSentence(shown)}
      </p>
      <div>
        <EvidenceLegend evidence={shown.regions} />
        <p className="aside">
          {RANKING_NAMES[shown.method]} for {answerWords(shown)}
        </p>
      </div>
    </section>
  );
}

/** ““brown” rather than “two””. */
export function answerWords({ answer, against }: Pick<ShownExplanation, 'answer' | 'against'>): string {
  return against === null ? `“${answer}”` : `“${answer}” rather than “${against}”`;
}
