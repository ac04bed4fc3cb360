/** Answers put to the test over the page's own engine and WASM, on untrained weights. */
import { beforeAll, describe, expect, it } from 'vitest';
import { scoresOf } from '../../core/answers.ts';
import type { Engine, LoadReport } from '../../core/engine.ts';
import { REMOVALS, type ExplainProgress, type FaithfulnessProgress } from '../../core/explanation.ts';
import type { Prediction, Scene } from '../../core/types.ts';
import { ASKED, OPENING_TIMEOUT_MS, askTinyPack } from '../testing/ask-tiny-pack.ts';

let engine: Engine;
let report: LoadReport;
let scene: Scene;
let prediction: Prediction;

beforeAll(async () => {
  ({ engine, report, scene, prediction } = await askTinyPack());
}, OPENING_TIMEOUT_MS);

it('an answer comes with the logit of every answer of the pack', () => {
  const { answers } = report.pack.labels;
  expect(prediction.logits).toHaveLength(answers.length);
  const scores = scoresOf(prediction.logits ?? [], report.pack.scores);
  for (const { answer, score } of prediction.answers) {
    expect(scores[answers.indexOf(answer)]).toBeCloseTo(score, 6);
  }
});

describe('shapley', () => {
  it('adds up to what everything together does, and says how sure it is', async () => {
    const steps: ExplainProgress[] = [];
    const found = await engine.explain(
      { ...ASKED, method: 'shapley', orders: 5, tolerance: 0 },
      { onProgress: (progress) => steps.push(progress) },
    );
    const all = {
      hiddenRegions: [...scene.regions.keys()],
      hiddenTokens: prediction.tokens.flatMap(({ kind }, index) => (kind === 'special' ? [] : [index])),
    };
    const params = { ...ASKED, method: 'attention', answer: found.answer, change: all } as const;
    const empty = await engine.explain(params);
    const sum = [...found.regions, ...found.tokens].reduce((total, value) => total + value, 0);
    expect(sum).toBeCloseTo(found.logit - empty.logit, 3);
    expect(found.standardErrors?.regions.some((error) => error > 0)).toBe(true);
    expect(found.shares.standardError).toBeGreaterThan(0);
    expect(steps).toHaveLength(5);
    expect(steps.at(-1)?.standardErrors).toEqual(found.standardErrors);
  });
});

describe('the truth meter', () => {
  it('has both directions of every ranking, which begin and end alike', async () => {
    const { curves, agreements, scope } = await engine.measureFaithfulness({
      ...ASKED,
      methods: ['attention', 'relevance'],
    });
    expect(scope).toBe('regions');
    expect(curves).toHaveLength((2 + 3) * 2 * REMOVALS.length);
    const deletions = curves.filter(
      ({ direction, removal }) => direction === 'deletion' && removal === 'mask',
    );
    for (const { scores } of deletions) {
      expect(scores[0]).toBeCloseTo(prediction.answers[0]?.score ?? 0, 4);
      expect(scores.at(-1)).toBeCloseTo(deletions[0]?.scores.at(-1) ?? Number.NaN, 4);
    }
    expect(agreements).toMatchObject([{ left: 'attention', right: 'relevance' }]);
  });

  it.each(['words', 'both'] as const)('takes away %s as asking with that change does', async (scope) => {
    const progress: FaithfulnessProgress[] = [];
    const { curves, answer } = await engine.measureFaithfulness(
      { ...ASKED, scope, methods: ['attention'] },
      { onProgress: (step) => progress.push(step) },
    );
    expect(progress.every(({ done, total }) => done <= total)).toBe(true);
    const hiddenTokens = prediction.tokens.flatMap(({ kind }, index) => (kind === 'special' ? [] : [index]));
    const hiddenRegions = scope === 'both' ? [...scene.regions.keys()] : [];
    for (const removal of REMOVALS) {
      const change = { hiddenTokens, hiddenRegions, removal };
      const { followed } = await engine.ask({ ...ASKED, change, follow: [answer] });
      const measured = curves.filter((curve) => curve.removal === removal);
      expect(measured).toHaveLength((scope === 'words' ? 4 : 2) * 2);
      for (const { direction, scores } of measured) {
        const bare = direction === 'deletion' ? scores.at(-1) : scores[0];
        expect(bare).toBeCloseTo(followed?.[0]?.score ?? Number.NaN, 4);
      }
    }
  });
});

describe('a flip', () => {
  it.each([[['region', 'token', 'head'] as const], [['head'] as const]])(
    'among %o is another answer when its change is ASKED again',
    async (among) => {
      const flip = await engine.findFlip({ ...ASKED, among, maxSteps: 8 });
      expect(flip.steps.every(({ kind }) => among.some((one) => one === kind))).toBe(true);
      const again = await engine.ask({ ...ASKED, change: flip.change });
      expect(flip.from.answer).toBe(prediction.answers[0]?.answer);
      expect(again.answers[0]?.answer).toBe(flip.to?.answer ?? flip.from.answer);
      expect(flip.steps.at(-1)?.best.answer).toBe(again.answers[0]?.answer);
    },
  );
});
