import { describe, expect, test } from 'vitest';
import { ortRuntime, threadCount, type OrtModule } from './ort-runtime.ts';

function tensorOf(values: readonly number[]) {
  return {
    dims: [1, values.length],
    getData: async () => Float32Array.from(values),
    dispose: () => undefined,
  };
}

/** A runtime whose every graph gives these numbers. */
function runtimeGiving(outputs: Readonly<Record<string, readonly number[]>>) {
  const session = {
    inputNames: [],
    outputNames: Object.keys(outputs),
    run: async () => Object.fromEntries(Object.entries(outputs).map(([name, all]) => [name, tensorOf(all)])),
  };
  const ort = { env: { wasm: {} }, InferenceSession: { create: async () => session } };
  // What the runtime is asked for, and nothing else of it.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return ortRuntime(ort as unknown as OrtModule, 'wasm', 1);
}

describe('numbers that are none', () => {
  test.each([
    ['logits', [1, Number.NaN]],
    ['class_scores', [Number.NaN, 0.5]],
    ['text_states', [0, Number.NaN]],
    ['logits', [Infinity, 1]],
  ])('%s of %j are an error of the models', async (name, values) => {
    const graph = await runtimeGiving({ [name]: values }).open(new Uint8Array(1));
    await expect(graph.run({}, [name])).rejects.toMatchObject({
      code: 'inference-failed',
      message: expect.stringContaining('The models computed'),
    });
  });

  test.each([
    ['logits', [-Infinity, 1]],
    ['features', [0, -3]],
  ])('%s of %j are none', async (name, values) => {
    const graph = await runtimeGiving({ [name]: values }).open(new Uint8Array(1));
    expect((await graph.run({}, [name]))[name]?.data).toEqual(Float32Array.from(values));
  });
});

test('threads exist on isolated pages alone', () => {
  expect([threadCount(false, 8), threadCount(true, 8), threadCount(true, 0)]).toEqual([1, 4, 1]);
});
