/** The explanation on screen, worked out once for photo, words, sentences and tables. */
import type { Abilities, Evidence, Explanation, ExplanationMethod } from '../../core/explanation.ts';
import { weightPercent } from '../../core/percent.ts';
import { methodOf } from '../../explain/registry.ts';
import type { Token } from '../../core/types.ts';
import { signedAmount } from '../words/explanation-words.ts';
import type { LabState } from './lab-state.ts';
import { chosenAnswer, chosenMethod, selectExplanation } from './select-explanation.ts';
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
  /** Standard errors in the unit of the weights; null for methods without chance, and while nothing is known of them. */
  readonly errors: Evidence | null;
  /** Null while the method still runs, and `regions` and `words` hold what is known by now. */
  readonly complete: Explanation | null;
}

/** The part of the lab that an explanation comes from. */
export type ExplanationState = Pick<LabState, 'exchange' | 'inquiry' | 'explanations'>;

/** Null while nothing is known yet. */
export function showExplanation(state: ExplanationState, abilities: Abilities): ShownExplanation | null {
  const { exchange, inquiry } = state;
  const work = selectExplanation(state, abilities);
  if (!exchange) return null;
  const complete = work.status === 'done' ? work.result : null;
  const progress = work.status === 'running' ? work.progress : null;
  const evidence = progress?.evidence ?? complete;
  if (!evidence) return null;
  const asked = {
    method: chosenMethod(inquiry, abilities),
    answer: chosenAnswer(inquiry, exchange) ?? '',
    against: inquiry.against,
  };
  return showEvidence(exchange, asked, evidence, complete, progress?.standardErrors);
}

/** What is known by now of one explanation; `complete` is null while its method still runs. */
export function showEvidence(
  exchange: Exchange,
  { method, answer, against }: Pick<ShownExplanation, 'method' | 'answer' | 'against'>,
  evidence: Evidence,
  complete: Explanation | null,
  errors: Evidence | null = null,
): ShownExplanation {
  return {
    exchange,
    method,
    answer: complete?.answer ?? answer,
    against,
    tokens: complete?.tokensRead ?? exchange.prediction.tokens,
    ...drawable(evidence, complete?.signed ?? methodOf(method).isSigned),
    errors: complete ? complete.standardErrors : errors,
    complete,
  };
}

/**
 * Words and regions each have their own scale: where nearly all is said by words, the photo would be dark on theirs.
 * Signed numbers stand beside the colors, in one unit for both.
 */
function drawable(evidence: Evidence, isSigned: boolean): Pick<ShownExplanation, 'regions' | 'words'> {
  const regions = known(evidence.regions);
  const words = known(evidence.tokens);
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

/** What has not been measured yet shows as nothing. */
function known(values: Float32Array): Float32Array {
  return values.map((value) => (Number.isNaN(value) ? 0 : value));
}

function strongest(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
