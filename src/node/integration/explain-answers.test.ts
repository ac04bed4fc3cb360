/** Explanations over the page's own engine and WASM, on untrained weights: what must hold whatever the weights are. */
import { beforeAll, describe, expect, it } from 'vitest';
import { attentionFrom, oneHead } from '../../core/attention.ts';
import type { Engine, LoadReport } from '../../core/engine.ts';
import { REMOVALS, type Change, type ExplainProgress } from '../../core/explanation.ts';
import type { Tensor } from '../../core/tensor.ts';
import type { Prediction, Scene } from '../../core/types.ts';
import { METHOD_IDS } from '../../explain/registry.ts';
import { ASKED, OPENING_TIMEOUT_MS, askTinyPack } from '../testing/ask-tiny-pack.ts';

let engine: Engine;
let report: LoadReport;
let scene: Scene;
let prediction: Prediction;

beforeAll(async () => {
  ({ engine, report, scene, prediction } = await askTinyPack());
}, OPENING_TIMEOUT_MS);

it('a pack with gradients and gates says so', () => {
  expect(report.abilities.methods).toEqual(METHOD_IDS);
  expect(report.abilities.closesHeads).toBe(true);
});

describe.each(METHOD_IDS)('%s', (method) => {
  it('gives every region and word a number, and the end marks none', async () => {
    const found = await engine.explain({ ...ASKED, method, orders: 2 });
    expect(found.answer).toBe(prediction.answers[0]?.answer);
    expect(found.score).toBeCloseTo(prediction.answers[0]?.score ?? 0, 5);
    expect(found.regions).toHaveLength(scene.regions.length);
    expect(found.tokens).toHaveLength(prediction.tokens.length);
    expect([...found.regions, ...found.tokens].every(Number.isFinite)).toBe(true);
    expect([found.tokens[0], found.tokens.at(-1)]).toEqual([0, 0]);
    expect(found.shares.text + found.shares.image).toBeCloseTo(1);
    if (!found.signed) expect(Math.min(...found.regions)).toBeGreaterThanOrEqual(0);
  });
});

describe('relevance', () => {
  it('of one answer rather than another has the gradients of all attention', async () => {
    const [first, second] = prediction.answers;
    const found = await engine.explain({
      ...ASKED,
      method: 'relevance',
      answer: first?.answer,
      against: second?.answer,
    });
    expect(found.against).toBe(second?.answer);
    expect(found.gradients?.language.dims).toEqual(prediction.attention.language.dims);
    expect(found.headImportance?.textToRegion.data.some((value) => value > 0)).toBe(true);
    // The last layer's regions are read by nobody.
    const { dims, data } = found.headImportance?.regionSelf ?? { dims: [0, 0], data: [] };
    expect(Array.from(data.slice(-dims[1]))).toEqual(Array.from({ length: dims[1] }, () => 0));
  });
});

describe('the numbers of heads', () => {
  it('come to the attention of the answer, and to the gradients of its relevance', async () => {
    const [first, second] = prediction.answers;
    const params = { ...ASKED, answer: first?.answer, against: second?.answer };
    const { scores, values, gradients, ...found } = await engine.inspectHeads(params);
    expect(found).toEqual({ ...ASKED, answer: first?.answer, against: second?.answer });
    const { hiddenSize, heads, crossLayers } = report.pack.lxmert;
    expect(values.textToRegion.dims).toEqual([crossLayers, heads, scene.regions.length, hiddenSize / heads]);
    expect(values.regionToText.dims[2]).toBe(prediction.tokens.length);
    // The last layer too, though its regions cannot reach the answer.
    for (const module of ['language', 'textToRegion', 'regionToText', 'regionSelf'] as const) {
      const weights = prediction.attention[module];
      const [layers, , queries] = weights.dims;
      const place = { layer: layers - 1, head: heads - 1, query: queries - 1 };
      expectClose(softmax(rowAt(scores[module], place)), rowAt(weights, place));
    }
    const { gradients: explained } = await engine.explain({ ...params, method: 'relevance' });
    expectClose(gradients.textToRegion.data, explained?.textToRegion.data ?? new Float32Array());
  });

  it('are of the best answer unless told otherwise', async () => {
    const { answer, against } = await engine.inspectHeads(ASKED);
    expect({ answer, against }).toEqual({ answer: prediction.answers[0]?.answer, against: null });
    await expect(engine.inspectHeads({ ...ASKED, answer: 'a unicorn' })).rejects.toMatchObject({
      code: 'change-invalid',
    });
  });
});

describe('leave-one-out', () => {
  it('comes in as it is known, and is what asking with that change says', async () => {
    const steps: ExplainProgress[] = [];
    const found = await engine.explain(
      { ...ASKED, method: 'leave-one-out' },
      { onProgress: (progress) => steps.push(progress) },
    );
    const words = prediction.tokens.length - 2;
    expect(steps.map(({ done }) => done)).toEqual([...steps.keys()].map((step) => step + 1));
    expect(steps.at(-1)).toMatchObject({ done: words + scene.regions.length, total: steps.length });
    expect(steps[0]?.evidence.regions.every(Number.isNaN)).toBe(true);
    const without = await engine.explain({
      ...ASKED,
      method: 'attention',
      answer: found.answer,
      change: { hiddenRegions: [3] },
    });
    expect(found.logit - without.logit).toBeCloseTo(found.regions[3] ?? Number.NaN, 4);
  });
});

describe('leave-one-out-keep-one', () => {
  it('is the mean of both, under both removals', async () => {
    const steps: ExplainProgress[] = [];
    const found = await engine.explain(
      { ...ASKED, method: 'leave-one-out-keep-one' },
      { onProgress: (progress) => steps.push(progress) },
    );
    const logitOf = async (change: Change) =>
      (await engine.explain({ ...ASKED, method: 'attention', answer: found.answer, change })).logit;
    const all = [...scene.regions.keys()];
    let sum = 0;
    for (const removal of REMOVALS) {
      const without = await logitOf({ hiddenRegions: [3], removal });
      const alone = await logitOf({ hiddenRegions: all.filter((region) => region !== 3), removal });
      sum += found.logit - without + alone - (await logitOf({ hiddenRegions: all, removal }));
    }
    expect(found.regions[3]).toBeCloseTo(sum / (2 * REMOVALS.length), 4);
    // The answer itself is one run more.
    expect(steps.at(-1)).toMatchObject({ done: found.runs - 1, total: found.runs - 1 });
    expect(found.removal).toBe('both');
  });
});

describe('a change', () => {
  it.each(REMOVALS)('by %s hides a region and a word', async (removal) => {
    const change = { hiddenRegions: [0], hiddenTokens: [2], removal };
    const changed = await engine.ask({ ...ASKED, change });
    const toHidden = changed.attention.textToRegion.data.filter((_, i) => i % scene.regions.length === 0);
    expect(toHidden.every((weight) => weight === 0)).toBe(removal === 'mask');
    expect(changed.answers).not.toEqual(prediction.answers);
  });

  it('that hides all regions asks blind, without a number that is none', async () => {
    const change = { hiddenRegions: [...scene.regions.keys()] };
    const { answers } = await engine.ask({ ...ASKED, change });
    expect(answers.every(({ score }) => score >= 0 && score <= 1)).toBe(true);
  });

  it('that masks a region is as if it had not been found', async () => {
    const all = [...scene.regions.keys()];
    await engine.editRegions({ imageId: 'photo', editedId: 'fewer', regions: all.slice(0, -2) });
    const fewer = await engine.ask({ imageId: 'fewer', question: ASKED.question });
    const masked = await engine.ask({ ...ASKED, change: { hiddenRegions: all.slice(-2) } });
    for (const [place, { answer, score }] of fewer.answers.entries()) {
      expect(masked.answers[place]).toEqual({ answer, score: expect.closeTo(score, 5) });
    }
  });

  it('closes heads, and follows answers whatever their rank', async () => {
    const last = report.pack.labels.answers.at(-1) ?? '';
    const closed = await engine.ask({
      ...ASKED,
      change: { closedHeads: [{ module: 'textToRegion', layer: 1, head: 0 }] },
      follow: [last],
    });
    expect(closed.answers[0]?.score).not.toBe(prediction.answers[0]?.score);
    expect(closed.followed).toEqual([{ answer: last, score: expect.any(Number) }]);
  });

  it('of boxes alone changes the answer’s scores', async () => {
    const shuffled = await engine.ask({ ...ASKED, change: { shuffledBoxes: 5 } });
    expect(shuffled.answers[0]?.score).not.toBe(prediction.answers[0]?.score);
  });

  const impossible: Change[] = [
    { hiddenRegions: [99] },
    { hiddenTokens: [0] },
    { closedHeads: [{ module: 'vision', layer: 7, head: 0 }] },
  ];
  it.each(impossible)('of what is not there is refused: %o', async (change) => {
    await expect(engine.ask({ ...ASKED, change })).rejects.toMatchObject({ code: 'change-invalid' });
  });
});

describe('edited boxes', () => {
  it('are looked at where they are drawn, beside those that are kept', async () => {
    const drawn = { xmin: 0.125, ymin: 0.25, xmax: 0.5, ymax: 0.875 };
    const edited = await engine.editRegions({ imageId: 'photo', editedId: 'drawn', regions: [2, drawn] });
    expect(edited.regions[0]).toEqual(scene.regions[2]);
    expect(edited.regions[1]?.box).toEqual(drawn);
    expect(edited.size).toEqual(scene.size);
    const { attention } = await engine.ask({ imageId: 'drawn', question: ASKED.question });
    expect(attention.vision.dims.slice(2)).toEqual([2, 2]);
  });

  it('need an area', async () => {
    const line = { xmin: 0.1, ymin: 0.2, xmax: 0.1, ymax: 0.9 };
    await expect(
      engine.editRegions({ imageId: 'photo', editedId: 'line', regions: [line] }),
    ).rejects.toMatchObject({ code: 'change-invalid' });
  });
});

describe('cancelling', () => {
  it('stops between runs', async () => {
    const controller = new AbortController();
    const explaining = engine.explain(
      { ...ASKED, method: 'shapley', orders: 50 },
      { signal: controller.signal, onProgress: () => controller.abort() },
    );
    await expect(explaining).rejects.toMatchObject({ code: 'cancelled' });
  });
});

function rowAt(
  maps: Tensor<readonly ['layer', 'head', string, string]>,
  { layer, head, query }: { readonly layer: number; readonly head: number; readonly query: number },
): Float32Array {
  return attentionFrom(oneHead(maps, layer, head), query);
}

function softmax(scores: Float32Array): Float32Array {
  const powers = scores.map(Math.exp);
  const sum = powers.reduce((total, each) => total + each, 0);
  return powers.map((each) => each / sum);
}

function expectClose(found: Float32Array, wanted: Float32Array): void {
  expect(found).toHaveLength(wanted.length);
  const errors = found.map((value, index) => Math.abs(value - (wanted[index] ?? Number.NaN)));
  expect(Math.max(...errors)).toBeLessThan(1e-5);
}
