/** The gradient graph and the arithmetic over it, against PyTorch's autograd (models/pack/cases.py). */
import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { lastAttention } from '../../explain/methods/attention.ts';
import { relevance } from '../../explain/methods/relevance.ts';
import { rollout } from '../../explain/methods/rollout.ts';
import { runGradients } from '../../engine/lxmert/run-gradients.ts';
import type { Graph, GraphInput } from '../../engine/runtime/runtime.ts';
import { CASES, openGolden } from '../testing/golden-gradients.ts';

const TOLERANCE = 1e-4;
const OPENING_TIMEOUT_MS = 120_000;

const METHODS = {
  attention: lastAttention,
  rollout,
  relevance,
};

const names = readdirSync(CASES).filter((name) => name.startsWith('relevance-'));

describe.each(names)('%s', (name) => {
  const { golden, pack, inputs, openGraph } = openGolden(name);
  let graph: Graph;

  beforeAll(async () => {
    graph = await openGraph();
  }, OPENING_TIMEOUT_MS);

  it.each([...golden.at('cases').items().entries()])('case %i, by every method', async (_, item) => {
    const [answer, against] = [item.at('answer').number(), item.at('against').number()];
    const target = new Float32Array(pack.labels.answers.length);
    target[answer] = 1;
    if (against >= 0) target[against] = -1;
    const masked = withMasks(graph, item.at('hiddenRegions').numbers(), item.at('hiddenTokens').numbers());
    const { logits, attention, gradients } = await runGradients(masked, { ...inputs, target }, pack.lxmert);
    const logit = logits.reduce((sum, value, index) => sum + value * (target[index] ?? 0), 0);
    expect(Math.abs(logit - item.at('logit').number())).toBeLessThan(TOLERANCE);
    for (const [method, explain] of Object.entries(METHODS)) {
      const found = explain(attention, gradients);
      const expected = item.at('methods').at(method);
      for (const axis of ['tokens', 'regions'] as const) {
        const wanted = expected.at(axis).numbers();
        expect(found[axis]).toHaveLength(wanted.length);
        const errors = wanted.map((value, index) => Math.abs((found[axis][index] ?? Number.NaN) - value));
        expect(Math.max(...errors), `${method}, ${axis}`).toBeLessThan(TOLERANCE);
      }
    }
  });
});

/** The case hides by masks alone, features and all. */
function withMasks(graph: Graph, regions: readonly number[], tokens: readonly number[]): Graph {
  return {
    ...graph,
    run: (inputs, outputs) =>
      graph.run(
        {
          ...inputs,
          region_mask: withZeros(inputs['region_mask'], regions),
          token_mask: withZeros(inputs['token_mask'], tokens),
        },
        outputs,
      ),
  };
}

function withZeros(input: GraphInput | undefined, hidden: readonly number[]): GraphInput {
  if (!(input?.data instanceof Float32Array)) throw new TypeError('the graph takes no mask');
  return { dims: input.dims, data: input.data.map((keep, index) => (hidden.includes(index) ? 0 : keep)) };
}
