/** The self-test of a pack that was made on this device: a backend that computes something else is noticed. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { ModelPack } from '../../core/pack/pack.ts';
import { parsePackText } from '../../core/pack/parse-pack.ts';
import type { MakeProgress } from '../../core/published.ts';
import { openPack } from '../../engine/runtime/backend.ts';
import { parseGoldenCase, type GoldenCase } from '../../engine/pack/golden-case.ts';
import { openGradients } from '../../engine/lxmert/run-gradients.ts';
import { openNodeRuntime } from '../../engine/runtime/open-node-runtime.ts';
import { openGraphs, releaseGraphs } from '../../engine/pack/pack-graphs.ts';
import { recordGoldenCase } from '../../engine/pack/record-golden-case.ts';
import type { Runtime } from '../../engine/runtime/runtime.ts';
import { createLaterGraphs } from '../../engine/pack/later-graphs.ts';
import { openHead } from '../../engine/tasks/open-head.ts';
import { makeSmallLxmert, smallLxmertText } from '../testing/small-lxmert.ts';

const MAKING_TIMEOUT_MS = 120_000;
const HARDWARE = { gpu: 'hardware', name: 'a GPU' } as const;

let files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
let pack: ModelPack;
let golden: GoldenCase;
const stages: MakeProgress['stage'][] = [];
const readFile = (path: string): Promise<Uint8Array<ArrayBuffer>> => Promise.resolve(files.get(path)!);

beforeAll(async () => {
  const folder = await makeSmallLxmert({
    recipe: 'lxmert-base',
    weights: 'pretraining.safetensors',
    configuration: smallLxmertText('pretraining.config.json'),
    precision: 'fp16',
    onProgress: ({ stage }) => stages.push(stage),
    recordGolden: (made, read, signal) => recordGoldenCase(openNodeRuntime(1), made, read, signal),
  });
  ({ files } = folder);
  pack = parsePackText(new TextDecoder().decode(files.get('pack.json')));
  golden = parseGoldenCase(JSON.parse(new TextDecoder().decode(files.get(pack.golden!.file))));
}, MAKING_TIMEOUT_MS);

/** WASM in place of a GPU's runtime, which gets the outputs of some graphs wrong. */
function wrongRuntime(isWrong: (output: string) => boolean, spoil: (value: number) => number): Runtime {
  const runtime = openNodeRuntime(1);
  return {
    ...runtime,
    backend: 'webgpu',
    async open(file, weights) {
      const graph = await runtime.open(file, weights);
      return {
        ...graph,
        async run(inputs, outputs) {
          const results = await graph.run(inputs, outputs);
          for (const name of outputs) {
            if (isWrong(name)) results[name].data.set(results[name].data.map(spoil));
          }
          return results;
        },
      };
    },
  };
}

const open = (webgpu: Runtime) =>
  openPack(
    'webgpu',
    { pack, golden, readFile },
    {
      findGpu: () => Promise.resolve(HARDWARE),
      openRuntime: (backend) => Promise.resolve(backend === 'webgpu' ? webgpu : openNodeRuntime(1)),
    },
    { onStage: () => null },
  );

it('is recorded when all is written', () => {
  expect(stages.slice(-3)).toEqual(['convert', 'self-test', 'finish']);
});

describe('a backend for a made pack', () => {
  it('is trusted when it computes what was recorded, to rounding', async () => {
    const { report, graphs } = await open(wrongRuntime(() => false, Number));
    await releaseGraphs(graphs);
    expect(report.backend).toBe('webgpu');
    expect(report.reason).toContain('self-test agreed');
    expect(report.selfTestError).toBeLessThan(1e-5);
  });

  it.each([
    ['regions', 'class_scores', () => 0],
    ['features', 'features', (value: number) => 2 * value],
    ['words', 'language_states', (value: number) => -value],
    ['logits', 'logits', () => Number.NaN],
  ])('is left when its %s are wrong', async (_, output, spoil) => {
    const { report, graphs } = await open(wrongRuntime((name) => name === output, spoil));
    await releaseGraphs(graphs);
    expect(report.backend).toBe('wasm');
    expect(report.reason).toContain('self-test differs');
  });

  it.each([
    ['nothing', () => 0],
    ['what is no number', () => Number.NaN],
    ['a tenth too much', (value: number) => 1.1 * value],
  ])('is refused gradients when it gives %s', async (_, spoil) => {
    const wrong = wrongRuntime((name) => name.endsWith('_gradient'), spoil);
    const graphs = await openGraphs(wrong, pack, readFile);
    const later = createLaterGraphs(wrong, { pack, fetchLater: readFile }, golden);
    await expect(openGradients({ pack, graphs, later }, undefined)).rejects.toMatchObject({
      code: 'inference-failed',
    });
    await releaseGraphs(graphs);
  });

  it('is given gradients and heads when they are right', async () => {
    const runtime = openNodeRuntime(1);
    const graphs = await openGraphs(runtime, pack, readFile);
    const later = createLaterGraphs(runtime, { pack, fetchLater: readFile }, golden);
    const model = { pack, graphs, later };
    expect((await openGradients(model, undefined)).outputs).toContain('vision_gradient');
    await openHead(model, 'maskedWords', undefined);
    await openHead(model, 'matching', undefined);
    await later.release();
    await releaseGraphs(graphs);
  });
});
