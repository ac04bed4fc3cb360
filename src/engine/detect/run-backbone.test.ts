import { describe, expect, it } from 'vitest';
import type { Steps } from '../../core/engine.ts';
import { runBackbone } from './run-backbone.ts';
import type { Graph, GraphInput } from '../runtime/runtime.ts';

interface Asked {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** Gives each output the sum of what it was given, and notes what it was asked. */
function summing(inputs: readonly string[], outputs: readonly string[], asked: Asked[] = []): Graph {
  return {
    inputs,
    outputs,
    run: (given, names) => {
      asked.push({ inputs: Object.keys(given), outputs: names });
      const numbers = Object.values(given).flatMap(({ data }) => Array.from(data));
      const sum = numbers.reduce((left, right) => left + right, 0);
      const one = { dims: [1], data: Float32Array.of(sum) };
      return Promise.resolve(Object.assign({}, ...names.map((name) => ({ [name]: one }))));
    },
    release: () => Promise.resolve(),
  };
}

const pixels: GraphInput = { dims: [1, 3, 1, 1], data: Float32Array.of(1, 2, 3) };
const WANTED = ['boxes', 'map'];

/** The last needs the pixels too, and nothing of the first. */
const inThree = (asked: Asked[] = []): readonly Graph[] => [
  summing(['pixels'], ['early', 'unread'], asked),
  summing(['early'], ['map'], asked),
  summing(['pixels', 'map'], ['boxes'], asked),
];

const numberOf = (found: Awaited<ReturnType<typeof runBackbone>>, name: string) => found[name]?.data[0];

describe('runBackbone', () => {
  it('runs one graph as it is, without a word of progress', async () => {
    const asked: Asked[] = [];
    const heard: Steps[] = [];
    const one = summing(['pixels'], ['boxes', 'other', 'map'], asked);
    const found = await runBackbone([one], pixels, WANTED, { onProgress: (steps) => heard.push(steps) });
    expect(asked).toEqual([{ inputs: ['pixels'], outputs: WANTED }]);
    expect(Object.keys(found)).toEqual(WANTED);
    expect(heard).toEqual([]);
  });

  it('hands each graph what it needs of those before it', async () => {
    const asked: Asked[] = [];
    const found = await runBackbone(inThree(asked), pixels, WANTED);
    expect(asked).toEqual([
      { inputs: ['pixels'], outputs: ['early'] },
      { inputs: ['early'], outputs: ['map'] },
      { inputs: ['pixels', 'map'], outputs: ['boxes'] },
    ]);
    expect([numberOf(found, 'map'), numberOf(found, 'boxes')]).toEqual([6, 12]);
  });

  it('says how far it is before each graph', async () => {
    const heard: Steps[] = [];
    await runBackbone(inThree(), pixels, WANTED, { onProgress: (steps) => heard.push(steps) });
    expect(heard).toEqual([0, 1, 2].map((done) => ({ done, total: 3 })));
  });

  it('stops between graphs, by a message that comes in meanwhile', async () => {
    const asked: Asked[] = [];
    const controller = new AbortController();
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => controller.abort());
    port1.start();
    const onProgress = ({ done }: Steps): void => {
      if (done === 0) port2.postMessage('cancel');
    };
    const many = Array.from({ length: 30 }, (_, place) =>
      summing([place === 0 ? 'pixels' : `map ${place}`], [`map ${place + 1}`], asked),
    );
    const work = runBackbone(many, pixels, ['map 30'], { signal: controller.signal, onProgress });
    await expect(work).rejects.toThrow(/abort/u);
    expect(asked.length).toBeLessThan(many.length);
    port1.close();
  });

  it('says what no graph gives', async () => {
    await expect(runBackbone(inThree().slice(1), pixels, WANTED)).rejects.toThrow('gave early');
    await expect(runBackbone(inThree(), pixels, ['res4'])).rejects.toThrow('gave res4');
  });
});
