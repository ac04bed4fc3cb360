import { describe, expect, it } from 'vitest';
import { tensor } from '../../core/tensor.ts';
import { runRoiHead, type Proposals } from './run-roi-head.ts';
import type { Graph, GraphInput } from '../runtime/runtime.ts';

const BOXES = 7;

/** Boxes that can be told apart, on a map of 2 channels and 3 x 4 cells of 16 pixels. */
const proposals: Proposals = {
  maps: { res4: { dims: [1, 2, 3, 4], data: Float32Array.from({ length: 24 }, (_, i) => i) } },
  boxes: tensor<readonly ['box', 'corner']>(
    [BOXES, 4],
    Float32Array.from(Array.from({ length: BOXES }, (_, box) => [0, 0, (box + 1) / 8, 1]).flat()),
  ),
  input: { width: 64, height: 48 },
};

/** A head that gives each box its own corner and the sum of what it was shown; and notes what it was asked. */
function countingHead(asked: Readonly<Record<string, GraphInput>>[]): Graph {
  return {
    inputs: [],
    outputs: [],
    run: (inputs, names) => {
      asked.push(inputs);
      const { boxes, pooled_regions: pooled } = inputs;
      const rows = boxes?.dims[0] ?? 0;
      const shown = (pooled?.data.length ?? 0) / rows;
      const sums = Array.from({ length: rows }, (_, row) =>
        Array.from(pooled?.data.slice(row * shown, (row + 1) * shown) ?? []).reduce((a, b) => a + b, 0),
      );
      const outputs: Record<string, { dims: number[]; data: Float32Array }> = {
        class_scores: { dims: [rows, 1], data: Float32Array.from(sums) },
        attribute_scores: { dims: [rows, 1], data: new Float32Array(rows) },
        refined_boxes: { dims: [rows, 4], data: Float32Array.from(boxes?.data ?? []) },
        features: { dims: [rows, 2], data: new Float32Array(2 * rows) },
      };
      return Promise.resolve(Object.assign({}, ...names.map((name) => ({ [name]: outputs[name] }))));
    },
    release: () => Promise.resolve(),
  };
}

const pooled = { featureMaps: ['res4'], pooling: { bins: 2, stride: 16 } };

describe('runRoiHead', () => {
  it('hands over the maps as they are when the head pools by itself', async () => {
    const asked: Readonly<Record<string, GraphInput>>[] = [];
    await runRoiHead(countingHead(asked), proposals, {
      featureMaps: ['res4'],
      pooling: null,
      roiChunk: null,
    });
    expect(asked).toHaveLength(1);
    expect(Object.keys(asked[0] ?? {})).toEqual(['res4', 'boxes']);
  });

  it('gives the same for any size of chunk', async () => {
    const whole = await runRoiHead(countingHead([]), proposals, { ...pooled, roiChunk: null });
    expect(whole.refined_boxes).toEqual({ dims: [BOXES, 4], data: proposals.boxes.data });
    expect(new Set(whole.class_scores.data).size).toBeGreaterThan(2);
    for (const roiChunk of [1, 3, 7, 100]) {
      const asked: Readonly<Record<string, GraphInput>>[] = [];
      const chunked = await runRoiHead(countingHead(asked), proposals, { ...pooled, roiChunk });
      expect(chunked).toEqual(whole);
      expect(asked).toHaveLength(Math.ceil(BOXES / roiChunk));
      for (const { boxes } of asked) expect(boxes?.dims[0]).toBeLessThanOrEqual(roiChunk);
    }
  });

  it('says how far it is before each chunk', async () => {
    const heard: { done: number; total: number }[] = [];
    const onProgress = (steps: { done: number; total: number }): void => void heard.push(steps);
    await runRoiHead(countingHead([]), proposals, { ...pooled, roiChunk: 3 }, { onProgress });
    expect(heard).toEqual([
      { done: 0, total: BOXES },
      { done: 3, total: BOXES },
      { done: 6, total: BOXES },
    ]);
  });

  it('stops between chunks, by a message that comes in meanwhile', async () => {
    const asked: Readonly<Record<string, GraphInput>>[] = [];
    const controller = new AbortController();
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => controller.abort());
    port1.start();
    const onProgress = ({ done }: { done: number }): void => {
      if (done === 3) port2.postMessage('cancel');
    };
    const { signal } = controller;
    // The message is read in a pause of the work, or never: a head of WASM leaves none by itself.
    const work = runRoiHead(
      countingHead(asked),
      proposals,
      { ...pooled, roiChunk: 1 },
      { signal, onProgress },
    );
    await expect(work).rejects.toThrow(/abort/u);
    expect(asked.length).toBeLessThan(BOXES);
    port1.close();
  });
});
