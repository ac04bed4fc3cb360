/** Scores and values of heads, and the page's arithmetic over them, against PyTorch's modules (models/pack/cases.py). */
import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { attentionFrom, oneHead } from '../../core/attention.ts';
import { headArithmetic, sumOfRow } from '../../explain/head-arithmetic.ts';
import type { HeadInspection } from '../../core/head-inspection.ts';
import type { Tensor } from '../../core/tensor.ts';
import type { AttentionModule } from '../../core/types.ts';
import { runHeads } from '../../engine/explain/inspect-heads.ts';
import { runGradients } from '../../engine/lxmert/run-gradients.ts';
import type { Graph } from '../../engine/runtime/runtime.ts';
import { CASES, openGolden } from '../testing/golden-gradients.ts';

const TOLERANCE = 1e-4;
const OPENING_TIMEOUT_MS = 120_000;

/** As the case names them. */
const MODULES = {
  language: 'language',
  vision: 'vision',
  text_to_region: 'textToRegion',
  region_to_text: 'regionToText',
  text_self: 'textSelf',
  region_self: 'regionSelf',
} as const satisfies Record<string, AttentionModule>;

const names = readdirSync(CASES).filter((name) => name.startsWith('heads-'));

describe.each(names)('%s', (name) => {
  const { golden, pack, inputs: given, openGraph } = openGolden(name);
  const inputs = { ...given, target: new Float32Array(pack.labels.answers.length).fill(1) };
  let graph: Graph;
  let inspection: Pick<HeadInspection, 'scores' | 'values' | 'gradients'>;

  beforeAll(async () => {
    graph = await openGraph();
    inspection = await runHeads(graph, inputs, pack);
  }, OPENING_TIMEOUT_MS);

  it.each(Object.entries(MODULES))('%s', (field, module) => {
    const expected = golden.at('expected').at(field);
    const [layer, head, query] = (['layer', 'head', 'query'] as const).map((key) =>
      expected.at(key).number(),
    );
    const maps: Tensor<readonly ['layer', 'head', string, string]> = inspection.scores[module];
    const values: Tensor<readonly ['layer', 'head', string, 'value']> = inspection.values[module];
    const { hiddenSize, heads } = pack.lxmert;
    expect(values.dims[3]).toBe(hiddenSize / heads);
    const row = {
      scores: attentionFrom(oneHead(maps, layer!, head!), query!),
      weights: Float32Array.from(expected.at('weights').numbers()),
      values: oneHead(values, layer!, head!),
    };
    const steps = headArithmetic(row, null).toSorted((a, b) => a.key - b.key);
    expectClose(row.scores, expected.at('scores').numbers());
    expectClose(
      steps.map(({ length }) => length ?? Number.NaN),
      expected.at('lengths').numbers(),
    );
    const { logSum, length } = sumOfRow(row);
    expectClose(
      steps.map(({ score }) => Math.exp(score - logSum)),
      expected.at('weights').numbers(),
    );
    expectClose([length], [expected.at('length').number()]);
  });

  it('are copied out only when they are asked for', async () => {
    const asked: string[] = [];
    const listening: Graph = {
      ...graph,
      run(asking, wanted) {
        asked.push(...wanted);
        return graph.run(asking, wanted);
      },
    };
    await runGradients(listening, inputs, pack.lxmert);
    expect(asked).toContain('language_gradient');
    expect(asked.filter((output) => /_(?:scores|values)$/u.test(output))).toEqual([]);
  });

  it('may be lacking', async () => {
    const outputs = graph.outputs.filter((output) => !output.endsWith('_scores'));
    await expect(runHeads({ ...graph, outputs }, inputs, pack)).rejects.toMatchObject({
      code: 'gradients-missing',
    });
  });
});

function expectClose(found: ArrayLike<number>, wanted: readonly number[]): void {
  expect(found).toHaveLength(wanted.length);
  const errors = wanted.map((value, index) => Math.abs((found[index] ?? Number.NaN) - value));
  expect(Math.max(...errors)).toBeLessThan(TOLERANCE);
}
