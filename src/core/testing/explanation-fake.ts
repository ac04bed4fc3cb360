/** What the fake engine says of its answers; the numbers follow from indices, so that tests can name them. */
import { FAKE_METHODS, FAKE_REGIONS, fakePrediction, fakeScene, fakeTokens } from './engine-fake-results.ts';
import {
  REMOVALS,
  type Baseline,
  type EditRegionsParams,
  type ExplainParams,
  type Explanation,
  type Faithfulness,
  type FaithfulnessCurve,
  type FaithfulnessParams,
  type Flip,
  type FlipParams,
  type PerHead,
  type Ranking,
  type Scope,
} from '../explanation.ts';
import { tensor } from '../tensor.ts';
import type { AttentionMaps, AttentionModule, Region, Scene } from '../types.ts';

const FAKE_BASELINES: Readonly<Record<Scope, readonly Baseline[]>> = {
  regions: ['random', 'box-area', 'detector-confidence'],
  words: ['random', 'reading-order', 'word-length'],
  both: ['random'],
};

const FRACTIONS = [0, 1 / 3, 2 / 3, 1];

/** The dog has most evidence, the frisbee some; for signed methods the tree speaks against the answer. */
export function fakeExplanation(params: ExplainParams): Explanation {
  const { imageId, question, method, answer = 'brown', against = null } = params;
  const { tokens } = fakeTokens(question);
  const takesAway = method === 'leave-one-out' || method === 'shapley';
  const signed = takesAway || method === 'leave-one-out-keep-one';
  const hasGradients = method === 'relevance';
  const { attention } = fakePrediction(imageId, question);
  return {
    imageId,
    question,
    method,
    answer,
    against,
    logit: 2.5,
    score: 0.63,
    tokensRead: tokens,
    tokens: Float32Array.from(tokens, ({ kind }, index) => (kind === 'special' ? 0 : index / 10)),
    regions: Float32Array.of(0.6, 0.3, signed ? -0.1 : 0.1),
    signed,
    unit: signed ? 'logit' : 'relevance',
    scale: 'What the fake makes of it.',
    removal: takesAway ? (params.removal ?? 'mask') : null,
    standardErrors:
      method === 'shapley'
        ? { tokens: new Float32Array(tokens.length).fill(0.01), regions: Float32Array.of(0.05, 0.04, 0.03) }
        : null,
    shares: { text: 0.4, image: 0.6, standardError: method === 'shapley' ? 0.02 : null },
    headImportance: hasGradients ? perHead(attention) : null,
    gradients: hasGradients ? attention : null,
    runs: 1,
    durationMs: 12,
  };
}

/** Explanations beat the baselines, by what their place in the list gives them. */
export function fakeFaithfulness(params: FaithfulnessParams): Faithfulness {
  const { imageId, question, answer = 'brown', methods = FAKE_METHODS, removals = REMOVALS } = params;
  const { scope = 'regions' } = params;
  const rankings: readonly Ranking[] = [...methods, ...FAKE_BASELINES[scope]];
  const curves = removals.flatMap((removal) =>
    rankings.flatMap((ranking, place): FaithfulnessCurve[] => {
      const low = 0.2 + 0.02 * place;
      return [
        curve(ranking, removal, 'deletion', [0.63, low, low, 0.1]),
        curve(ranking, removal, 'insertion', [0.1, 0.63 - low / 2, 0.6, 0.63]),
      ];
    }),
  );
  const agreements = methods
    .slice(1)
    .map((right) => ({ left: methods[0] ?? 'attention', right, correlation: 0.25 }));
  return { imageId, question, answer, scope, curves, agreements, runs: 40, durationMs: 400 };
}

function curve(
  ranking: Ranking,
  removal: FaithfulnessCurve['removal'],
  direction: FaithfulnessCurve['direction'],
  scores: readonly number[],
): FaithfulnessCurve {
  const area = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  return {
    ranking,
    removal,
    direction,
    fractions: Float32Array.from(FRACTIONS),
    scores: Float32Array.from(scores),
    area,
  };
}

/** Without the dog and the frisbee nothing is brown. */
export function fakeFlip({ removal }: FlipParams): Flip {
  return {
    from: { answer: 'brown', score: 0.63 },
    to: { answer: 'two', score: 0.4 },
    steps: [
      { kind: 'region', index: 0, best: { answer: 'brown', score: 0.41 }, score: 0.41 },
      { kind: 'region', index: 1, best: { answer: 'two', score: 0.4 }, score: 0.3 },
    ],
    change: { hiddenRegions: [0, 1], hiddenTokens: [], closedHeads: [], removal: removal ?? 'mask' },
    runs: 9,
    durationMs: 90,
  };
}

/** A box that was drawn shows a dog. */
export function fakeEditedScene({ editedId, regions }: EditRegionsParams): Scene {
  const [dog] = FAKE_REGIONS;
  return {
    ...fakeScene(editedId),
    regions: regions.flatMap((entry): Region[] => {
      if (typeof entry !== 'number') return dog ? [{ ...dog, box: entry }] : [];
      const kept = FAKE_REGIONS[entry];
      return kept ? [kept] : [];
    }),
  };
}

function perHead(attention: AttentionMaps): PerHead {
  return {
    language: ramp(attention.language),
    vision: ramp(attention.vision),
    textToRegion: ramp(attention.textToRegion),
    regionToText: ramp(attention.regionToText),
    textSelf: ramp(attention.textSelf),
    regionSelf: ramp(attention.regionSelf),
  };
}

function ramp({ dims: [layers, heads] }: AttentionMaps[AttentionModule]): PerHead[AttentionModule] {
  const values = Float32Array.from({ length: layers * heads }, (_, index) => (index + 1) / 10);
  return tensor<readonly ['layer', 'head']>([layers, heads], values);
}
