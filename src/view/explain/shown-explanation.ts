/** What the page shows of the explanation: computed once, handed to photo, list, words and tables. */
import { useMemo } from 'react';
import type { Abilities, ExplainProgress, Explanation } from '../../core/explanation.ts';
import type { Work } from '../../session/inquiry/lab-state.ts';
import { abilitiesFor, selectExplanation } from '../../session/inquiry/select-explanation.ts';
import { showExplanation, type ShownExplanation } from '../../session/inquiry/show-explanation.ts';
import { useLab } from '../lab-context.ts';
import { useSessionState } from '../session-context.ts';

const NOT_ASKED = { status: 'idle' } as const;

export function useAbilities(): Abilities | null {
  const exchange = useLab((lab) => lab.exchange);
  const recorded = useLab((lab) => lab.recorded);
  return useSessionState(({ engine }) => abilitiesFor({ exchange, recorded }, engine));
}

/** Null until it is complete: what is known by halves would say something false. */
export function useShownExplanation(): ShownExplanation | null {
  const abilities = useAbilities();
  const exchange = useLab((lab) => lab.exchange);
  const inquiry = useLab((lab) => lab.inquiry);
  const explanations = useLab((lab) => lab.explanations);
  return useMemo(() => {
    const shown = abilities && showExplanation({ exchange, inquiry, explanations }, abilities);
    return shown?.complete ? shown : null;
  }, [exchange, inquiry, explanations, abilities]);
}

/** The explanation that is asked for, with how far it is and what went wrong. */
export function useExplanationWork(): Work<ExplainProgress, Explanation> {
  const abilities = useAbilities();
  return useLab((lab) => (abilities ? selectExplanation(lab, abilities) : NOT_ASKED));
}
