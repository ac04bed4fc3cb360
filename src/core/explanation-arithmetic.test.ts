import { describe, expect, it } from 'vitest';
import type { Change, ExplanationMethod } from './explanation.ts';
import {
  agreementsOf,
  areaUnder,
  baselineRankings,
  lookedAt,
  measureRanking,
  rankCorrelation,
  rankedBy,
} from './faithfulness.ts';
import { findFlip, type Candidate } from './find-flip.ts';
import { leaveOneOut, type Pieces } from './leave-one-out.ts';
import type { RunChanges } from './run-changes.ts';
import { sampleShapley } from './shapley.ts';

/** Three regions, and four tokens of which the middle two can be hidden. */
const PIECES: Pieces = { regions: 3, tokens: 4, hideable: [1, 2] };
const WORTH = { regions: [0.5, -0.25, 1], tokens: [0, 2, 0.125, 0] };
const ATTENDED = { tokens: Float32Array.of(0, 0.1, 0.9, 0), regions: Float32Array.of(0.2, 0.1, 0.7) };

/** A model whose one logit is the worth of what is shown, and more for regions 0 and 2 together. */
function model(together = 0): RunChanges {
  return async function* run(changes) {
    for (const [index, change] of changes.entries()) {
      yield await Promise.resolve({ index, logits: Float32Array.of(worthOf(change, together)) });
    }
  };
}

function worthOf({ hiddenRegions = [], hiddenTokens = [] }: Change, together = 0): number {
  const regions = WORTH.regions.reduce((sum, worth, i) => sum + (hiddenRegions.includes(i) ? 0 : worth), 0);
  const tokens = WORTH.tokens.reduce((sum, worth, i) => sum + (hiddenTokens.includes(i) ? 0 : worth), 0);
  const both = !hiddenRegions.includes(0) && !hiddenRegions.includes(2);
  return regions + tokens + (both ? together : 0);
}

const box = (side: number) => ({ xmin: 0, ymin: 0, xmax: side, ymax: side });

const first = (logits: Float32Array) => logits[0] ?? Number.NaN;

describe('leaveOneOut', () => {
  it('finds what each piece is worth, those that are attended to first', async () => {
    const known: number[] = [];
    const settings = { target: first, whole: worthOf({}), attended: ATTENDED };
    const { tokens, regions } = await leaveOneOut(model(), PIECES, settings, (_done, _total, evidence) =>
      known.push([...evidence.tokens, ...evidence.regions].findLastIndex((value) => !Number.isNaN(value))),
    );
    expect([...tokens]).toEqual(WORTH.tokens);
    expect([...regions]).toEqual(WORTH.regions);
    // Token 2 before token 1, then regions 2, 0, 1.
    expect(known).toEqual([3, 3, 6, 6, 6]);
  });
});

describe('sampleShapley', () => {
  const settings = { target: first, orders: 6, seed: 2 };

  it('is exact where pieces do not depend on each other', async () => {
    const { values, standardErrors, runs } = await sampleShapley(
      model(),
      PIECES,
      { ...settings, whole: worthOf({}) },
      () => undefined,
    );
    for (const [index, worth] of WORTH.regions.entries()) expect(values.regions[index]).toBeCloseTo(worth);
    for (const [index, worth] of WORTH.tokens.entries()) expect(values.tokens[index]).toBeCloseTo(worth);
    expect(Math.max(...standardErrors.regions)).toBeLessThan(1e-6);
    expect(runs).toBe(6 * 2 * 4 + 1);
  });

  it('shares what two do together, adds up to the whole, and repeats by its seed', async () => {
    const whole = worthOf({}, 0.5);
    const sample = () => sampleShapley(model(0.5), PIECES, { ...settings, whole }, () => undefined);
    const { values } = await sample();
    const sum = [...values.regions, ...values.tokens].reduce((total, value) => total + value, 0);
    expect(sum).toBeCloseTo(whole - worthOf({ hiddenRegions: [0, 1, 2], hiddenTokens: [1, 2] }), 5);
    // An order and its reverse give each of the two the pair's worth once: half of it, without any error.
    expect(values.regions[0]).toBeCloseTo(0.75);
    expect((await sample()).values).toEqual(values);
  });
});

describe('the truth meter', () => {
  it('looks at every count once, from none to all', () => {
    expect(lookedAt(36)).toEqual([0, 1, 2, 4, 5, 9, 14, 22, 29, 36]);
    expect(lookedAt(2)).toEqual([0, 1, 2]);
  });

  it('rewards the order in which the answer goes and comes', async () => {
    const areas = new Map<string, number>();
    for (const [name, scores] of [
      ['true', WORTH.regions],
      ['false', WORTH.regions.map((worth) => -worth)],
    ] as const) {
      const ranking = { ...rankedBy('relevance', scores) };
      for (const curve of await measureRanking(model(), ranking, 'mask', first)) {
        expect(curve.fractions[0]).toBe(0);
        expect(curve.fractions.at(-1)).toBe(1);
        areas.set(`${name} ${curve.direction}`, curve.area);
      }
    }
    expect(areas.get('true deletion')).toBeLessThan(areas.get('false deletion') ?? 0);
    expect(areas.get('true insertion')).toBeGreaterThan(areas.get('false insertion') ?? 0);
  });

  it('has baselines that know nothing of the question', () => {
    const regions = [
      { box: box(0.2), label: 'cup', score: 0.9, attributes: [] },
      { box: box(0.8), label: 'table', score: 0.5, attributes: [] },
    ];
    const [random, area, confidence] = baselineRankings(regions, 1);
    expect(random?.orders).toHaveLength(3);
    expect(area?.orders).toEqual([[1, 0]]);
    expect(confidence?.orders).toEqual([[0, 1]]);
  });

  it('says how rankings agree', () => {
    expect(rankCorrelation([1, 2, 3], [10, 20, 30])).toBe(1);
    expect(rankCorrelation([1, 2, 3], [3, 2, 1])).toBe(-1);
    expect(rankCorrelation([1, 1, 1], [3, 2, 1])).toBe(0);
    expect(rankCorrelation([1, 2, 2, 4], [1, 3, 3, 4])).toBeCloseTo(1);
    const found = (['attention', 'rollout', 'relevance'] as ExplanationMethod[]).map((method, i) => ({
      method,
      regions: Float32Array.of(i, 1, 2),
    }));
    expect(agreementsOf(found).map(({ left, right }) => `${left} ${right}`)).toEqual([
      'attention rollout',
      'attention relevance',
      'rollout relevance',
    ]);
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
