import { describe, expect, it } from 'vitest';
import {
  SCOPES,
  type Evidence,
  type ExplanationMethod,
  type Removal,
  type Scope,
} from '../core/explanation.ts';
import { fakePrediction } from '../core/testing/engine-fake-results.ts';
import {
  areaUnder,
  baselineRankings,
  lookedAt,
  measureRankings,
  orderInScope,
  pointsOf,
  rankedBy,
  type Subject,
} from './faithfulness.ts';
import { findFlip, type Candidate } from './find-flip.ts';
import type { OnEvidence } from './pieces.ts';
import { agreementsOf, rankCorrelation, type FoundEvidence } from './rank-correlation.ts';
import type { RunChanges } from './run-changes.ts';
import { PIECES, WORTH, first, model, worthOf } from './testing/run-changes-fake.ts';
import { explain as explainShapley, sampleShapley, type ShapleySettings } from './methods/shapley.ts';
import { textShare } from './shares.ts';

const share = (tokens: readonly number[], regions: readonly number[]) =>
  textShare({ tokens: Float32Array.from(tokens), regions: Float32Array.from(regions) });

describe('the share of text', () => {
  it('is that of the words among all evidence, whatever the signs', () => {
    expect(share([0.5, -0.25], [0.25, -1, 1])).toBe(0.25);
    expect(share([1], [0])).toBe(1);
    expect(share([0], [1])).toBe(0);
  });

  it('is half where there is no evidence', () => {
    expect(share([0, 0], [0])).toBe(0.5);
  });
});

it('Shapley values take things away as was chosen, and say so', async () => {
  const asked: Removal[] = [];
  const { removal } = await explainShapley({
    whole: { logits: Float32Array.of(worthOf({})), attention: fakePrediction('a', 'why').attention },
    target: first,
    pieces: PIECES,
    settings: { removal: 'zero-feature', orders: 4, tolerance: 0, seed: 1 },
    run(chosen) {
      asked.push(chosen);
      return model();
    },
    gradients: () => Promise.reject(new Error('not asked for')),
    onEvidence: () => undefined,
  });
  expect(asked).toEqual(['zero-feature']);
  expect(removal).toBe('zero-feature');
});

describe('sampleShapley', () => {
  const settings = { target: first, orders: 6, tolerance: 0, seed: 2 };
  const sample = (
    changed: Partial<ShapleySettings>,
    together = 0,
    onEvidence: OnEvidence = () => undefined,
  ) =>
    sampleShapley(
      model(together),
      PIECES,
      { ...settings, whole: worthOf({}, together), ...changed },
      onEvidence,
    );

  it('is exact where pieces do not depend on each other', async () => {
    const { values, standardErrors, shareError, runs } = await sample({});
    for (const [index, worth] of WORTH.regions.entries()) expect(values.regions[index]).toBeCloseTo(worth);
    for (const [index, worth] of WORTH.tokens.entries()) expect(values.tokens[index]).toBeCloseTo(worth);
    expect(Math.max(...standardErrors.regions)).toBeLessThan(1e-6);
    expect(shareError).toBeLessThan(1e-6);
    expect(runs).toBe(6 * 2 * 4 + 1);
  });

  it('shares what two do together, adds up to the whole, and repeats by its seed', async () => {
    const { values } = await sample({}, 0.5);
    const sum = [...values.regions, ...values.tokens].reduce((total, value) => total + value, 0);
    const empty = worthOf({ hiddenRegions: [0, 1, 2], hiddenTokens: [1, 2] });
    expect(sum).toBeCloseTo(worthOf({}, 0.5) - empty, 5);
    // An order and its reverse give each of the two the pair's worth once: half of it, without any error.
    expect(values.regions[0]).toBeCloseTo(0.75);
    expect((await sample({}, 0.5)).values).toEqual(values);
  });

  it('stops as soon as its errors are small', async () => {
    const known: (Evidence | null)[] = [];
    const { runs } = await sample({ tolerance: 0.1 }, 0, (_done, total, _evidence, errors) => {
      expect(total).toBe(6 * 2 * 4 + 1);
      known.push(errors);
    });
    expect(runs).toBe(4 * 2 * 4 + 1);
    expect(known.map((errors) => errors !== null)).toEqual([false, false, false, true]);
  });

  it('knows how far its values and its share of text may be off', async () => {
    const few = await sampleShapley(TOGETHER, PIECES, { ...settings, whole: 1, orders: 8 }, () => undefined);
    const many = await sampleShapley(
      TOGETHER,
      PIECES,
      { ...settings, whole: 1, orders: 200 },
      () => undefined,
    );
    expect(few.shareError).toBeGreaterThan(many.shareError);
    expect(many.standardErrors.regions[0]).toBeLessThan(0.03);
    // Four of them, each a quarter.
    const { regions, tokens } = many.values;
    const [error = 0] = many.standardErrors.regions;
    for (const value of [regions[0], regions[2], tokens[1], tokens[2]]) {
      expect(Math.abs((value ?? 0) - 0.25)).toBeLessThan(4 * error);
    }
  });
});

/** Three that only count together: whichever goes first takes all with it. */
const TOGETHER: RunChanges = async function* together(changes) {
  for (const [index, { hiddenRegions = [], hiddenTokens = [] }] of changes.entries()) {
    const isWhole = hiddenTokens.length === 0 && hiddenRegions.every((region) => region === 1);
    yield await Promise.resolve({ index, logits: Float32Array.of(isWhole ? 1 : 0) });
  }
};

const box = (side: number) => ({ xmin: 0, ymin: 0, xmax: side, ymax: side });

const SUBJECT: Subject = {
  regions: [
    { box: box(0.2), label: 'cup', score: 0.9, attributes: [] },
    { box: box(0.8), label: 'table', score: 0.5, attributes: [] },
    { box: box(0.5), label: 'lamp', score: 0.7, attributes: [] },
  ],
  tokens: [
    { text: '[CLS]', start: 0, end: 0, kind: 'special' },
    { text: 'is', start: 0, end: 2, kind: 'piece' },
    { text: 'lit', start: 3, end: 6, kind: 'piece' },
    { text: '[SEP]', start: 6, end: 6, kind: 'special' },
  ],
  scope: 'regions',
};

const negative = (worths: readonly number[]) => worths.map((worth) => -worth);

const baselines = (scope: Scope) => baselineRankings({ ...SUBJECT, scope }, 1);

const evidence = (method: ExplanationMethod, tokens: number[]): FoundEvidence => ({
  method,
  regions: Float32Array.of(0, 1, 2),
  tokens: Float32Array.from(tokens),
});

describe('the truth meter', () => {
  it('looks at every count once, from none to all', () => {
    expect(lookedAt({ regions: 36, tokens: 0 }).map(({ regions }) => regions)).toEqual([
      0, 1, 2, 4, 5, 9, 14, 22, 29, 36,
    ]);
    expect(lookedAt({ regions: 0, tokens: 2 }).map(({ tokens }) => tokens)).toEqual([0, 1, 2]);
    expect(lookedAt({ regions: 2, tokens: 1 })).toEqual([
      { regions: 0, tokens: 0 },
      { regions: 1, tokens: 0 },
      { regions: 1, tokens: 1 },
      { regions: 2, tokens: 1 },
    ]);
  });

  it.each(SCOPES)('rewards the order in which the answer goes and comes: %s', async (scope) => {
    const subject = { ...SUBJECT, scope };
    const rankings = [
      rankedBy('relevance', WORTH, subject),
      rankedBy('rollout', { regions: negative(WORTH.regions), tokens: negative(WORTH.tokens) }, subject),
    ];
    let points = 0;
    const curves = await measureRankings(model(), rankings, 'mask', first, () => {
      points += 1;
    });
    expect(points).toBe(pointsOf(rankings));
    const area = (ranking: string, direction: string) =>
      curves.find((curve) => curve.ranking === ranking && curve.direction === direction)?.area ?? Number.NaN;
    for (const { fractions } of curves) expect([fractions[0], fractions.at(-1)]).toEqual([0, 1]);
    expect(area('relevance', 'deletion')).toBeLessThan(area('rollout', 'deletion'));
    expect(area('relevance', 'insertion')).toBeGreaterThan(area('rollout', 'insertion'));
    const begin = curves.find(({ direction }) => direction === 'insertion')?.scores[0];
    const hidden = { regions: { hiddenRegions: [0, 1, 2] }, words: { hiddenTokens: [1, 2] } };
    expect(begin).toBeCloseTo(
      worthOf(scope === 'both' ? { ...hidden.regions, ...hidden.words } : hidden[scope]),
    );
  });

  it('has baselines that know nothing of the question', () => {
    const [random, area, confidence] = baselines('regions');
    expect(random?.orders).toHaveLength(3);
    expect(area).toEqual({ ranking: 'box-area', orders: [{ regions: [1, 2, 0], tokens: [] }] });
    expect(confidence?.orders[0]?.regions).toEqual([0, 2, 1]);
    const [, place, length] = baselines('words');
    expect(place).toEqual({ ranking: 'reading-order', orders: [{ regions: [], tokens: [1, 2] }] });
    expect(length?.orders[0]?.tokens).toEqual([2, 1]);
    const both = baselines('both').map(({ ranking, orders }) => [ranking, orders[0]]);
    expect(both).toMatchObject([['random', { regions: { length: 3 }, tokens: { length: 2 } }]]);
  });

  it('says how rankings agree', () => {
    expect(rankCorrelation([1, 2, 3], [10, 20, 30])).toBe(1);
    expect(rankCorrelation([1, 2, 3], [3, 2, 1])).toBe(-1);
    expect(rankCorrelation([1, 1, 1], [3, 2, 1])).toBe(0);
    expect(rankCorrelation([1, 2, 2, 4], [1, 3, 3, 4])).toBeCloseTo(1);
    const found = [
      evidence('attention', [9, 1, 2, 9]),
      evidence('rollout', [0, 2, 1, 9]),
      evidence('relevance', [0, 1, 2, 0]),
    ];
    const agreed = (scope: Scope) =>
      agreementsOf(found, orderInScope({ ...SUBJECT, scope })).map(
        ({ left, right, correlation }) => [`${left} ${right}`, correlation] as const,
      );
    expect(agreed('words')).toEqual([
      ['attention rollout', -1],
      ['attention relevance', 1],
      ['rollout relevance', -1],
    ]);
    expect(agreed('both')[0]?.[1]).toBe(0);
  });

  it('measures areas by trapezoids over uneven steps', () => {
    expect(areaUnder([0, 0.25, 1], [1, 1, 0])).toBeCloseTo(0.25 + 0.375);
  });
});

const judge = (logits: Float32Array) => {
  const lead = first(logits) - 2.5;
  return { best: { answer: lead < 0 ? 'no' : 'yes', score: 0.5 }, score: 0.5, lead };
};

const stubborn = (logits: Float32Array) => ({ ...judge(logits), lead: 1 });

describe('findFlip', () => {
  const candidates: Candidate[] = [0, 1, 2].map((index) => ({ kind: 'region', index }));
  it('takes away what hurts most, until the answer is another', async () => {
    const found = await findFlip(
      model(),
      candidates,
      judge,
      { base: { removal: 'mask' }, maxSteps: 5 },
      () => undefined,
    );
    expect(found.to?.answer).toBe('no');
    expect(found.steps).toMatchObject([{ kind: 'region', index: 2 }]);
    expect(found.change).toMatchObject({ hiddenRegions: [2], removal: 'mask' });
    expect(found.runs).toBe(3);
  });

  it('gives up after the steps it is allowed', async () => {
    const found = await findFlip(model(), candidates, stubborn, { base: {}, maxSteps: 2 }, () => undefined);
    expect(found.to).toBeNull();
    expect(found.steps).toHaveLength(2);
  });
});
