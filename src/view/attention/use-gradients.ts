/** How each attention weight pulls at an answer: part of an explanation by gradients, where there is one. */
import type { Explanation } from '../../core/explanation.ts';
import type { LabState } from '../../session/inquiry/lab-state.ts';
import { gradientInquiry, selectDone, selectExplanation } from '../../session/inquiry/select-explanation.ts';
import { useAbilities } from '../explain/shown-explanation.ts';
import { useLab, useLabActions } from '../lab-context.ts';

export interface GradientSource {
  /** Of the answer on screen, with gradients; null until there is one. */
  readonly explanation: Explanation | null;
  /** Works one out; null where the pack cannot, or where it is there or on its way. */
  readonly workOut: (() => void) | null;
  /** Whether the pack has gradients at all. */
  readonly isPossible: boolean;
}

export function useGradients(): GradientSource {
  const explanation = useLab(selectGradients);
  const abilities = useAbilities();
  const isRunning = useLab(
    ({ inquiry, explanations }) =>
      abilities !== null &&
      selectExplanation({ inquiry: gradientInquiry(inquiry), explanations }, abilities).status === 'running',
  );
  const { workOutGradients } = useLabActions();
  const isPossible = abilities?.methods.includes('relevance') === true;
  const isMissing = isPossible && !explanation && !isRunning;
  return { explanation, isPossible, workOut: isMissing ? () => void workOutGradients() : null };
}

/** The one that was asked for last: of another answer it may say other things. */
function selectGradients(lab: LabState): Explanation | null {
  return selectDone(lab).findLast(({ gradients }) => gradients !== null) ?? null;
}

/** “orange”, or “orange” rather than “brown”. */
export function explainedAnswer({ answer, against }: Pick<Explanation, 'answer' | 'against'>): string {
  return against === null ? `“${answer}”` : `“${answer}” rather than “${against}”`;
}
