/** The explanation on screen, worked out once for photo, words, sentences and tables. */
import type { Abilities, Evidence, Explanation, ExplanationMethod } from '../../core/explanation.ts';
import { weightPercent } from '../../core/percent.ts';
import type { Token } from '../../core/types.ts';
import { signedAmount } from '../words/explanation-words.ts';
import type { LabState } from './lab-state.ts';
import { selectExplanation } from './select-explanation.ts';
import type { Exchange } from '../work/state.ts';

/** Evidence as it is drawn: signed in the method's own unit, else as shares that sum to 1. */
export interface EvidenceWeights {
  readonly weights: Float32Array;
  /** The weight at the end of the colour scale. */
  readonly highest: number;
  readonly isSigned: boolean;
  readonly noun: string;
  readonly amount: (weight: number) => string;
}

export interface ShownExplanation {
  readonly exchange: Exchange;
  readonly method: ExplanationMethod;
  readonly answer: string;
  readonly against: string | null;
  /** Of the axis of `words`. */
  readonly tokens: readonly Token[];
  readonly regions: EvidenceWeights;
  readonly words: EvidenceWeights;
  /** Standard errors in the unit of the weights; null for methods without chance. */
  readonly errors: Evidence | null;
  readonly complete: Explanation;
}

/** The part of the lab that an explanation comes from. */
export type ExplanationState = Pick<LabState, 'exchange' | 'inquiry' | 'explanations'>;

/** Null until the method has finished: half an explanation would say things that are not so. */
export function showExplanation(state: ExplanationState, abilities: Abilities): ShownExplanation | null {
  const { exchange, inquiry } = state;
  const work = selectExplanation(state, abilities);
  return exchange && work.status === 'done' ? showEvidence(exchange, work.result, inquiry.against) : null;
}

export function showEvidence(
  exchange: Exchange,
  complete: Explanation,
  against: string | null = null,
): ShownExplanation {
  return {
    exchange,
    method: complete.method,
    answer: complete.answer,
    against,
    tokens: complete.tokensRead,
    ...drawable(complete, complete.signed),
    errors: complete.standardErrors,
    complete,
  };
}

/**
 * Words and regions each have their own scale: where nearly all is said by words, the photo would be dark on theirs.
 * Signed numbers stand beside the colors, in one unit for both.
 */
function drawable(evidence: Evidence, isSigned: boolean): Pick<ShownExplanation, 'regions' | 'words'> {
  const { regions, tokens: words } = evidence;
  if (!isSigned) return { regions: shares(regions), words: shares(words) };
  const signed = (weights: Float32Array): EvidenceWeights => ({
    weights,
    highest: strongest(weights),
    isSigned,
    noun: 'evidence',
    amount: signedAmount,
  });
  return { regions: signed(regions), words: signed(words) };
}

function shares(values: Float32Array): EvidenceWeights {
  const total = values.reduce((sum, value) => sum + value, 0);
  const weights = total > 0 ? values.map((value) => value / total) : values;
  return { weights, highest: strongest(weights), isSigned: false, noun: 'evidence', amount: weightPercent };
}

function strongest(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
