import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parsePackText } from '../../core/pack/parse-pack.ts';
import type { Backend, BackendChoice } from '../../core/types.ts';
import { openPack, startEarly, type OpenedPack } from './backend.ts';
import { parseGoldenCase } from '../pack/golden-case.ts';
import { openNodeRuntime } from './open-node-runtime.ts';
import { releaseGraphs } from '../pack/pack-graphs.ts';
import type { GpuFinding, Runtime } from './runtime.ts';

const folder = new URL('../../../models/fixtures/tiny-pack/', import.meta.url);
const contentOf = (path: string): Uint8Array => readFileSync(new URL(path, folder));
const readFile = (path: string): Promise<Uint8Array> => Promise.resolve(contentOf(path));
const textOf = (path: string): string => new TextDecoder().decode(contentOf(path));

const pack = parsePackText(textOf('pack.json'));
const { file: goldenFile, tolerance } = pack.golden!;
const golden = parseGoldenCase(JSON.parse(textOf(goldenFile)));

const SOFTWARE: GpuFinding = { gpu: 'software', name: 'google swiftshader' };
const HARDWARE: GpuFinding = { gpu: 'hardware', name: 'apple metal-3' };
const NONE: GpuFinding = { gpu: 'none', because: 'this browser has no WebGPU' };

/** What stands in for a GPU: the WASM build, right or wrong. */
const gpuRuntimes = {
  right: (): Promise<Runtime> => Promise.resolve({ ...openNodeRuntime(1), backend: 'webgpu' }),
  missing: (): Promise<Runtime> => Promise.reject(new Error('the build could not be loaded')),
  wrong: (): Promise<Runtime> => Promise.resolve(spoiled((value) => value * 1.5)),
  noisy: (): Promise<Runtime> => Promise.resolve(spoiled(() => Number.NaN)),
};

type GpuRuntime = keyof typeof gpuRuntimes;

function spoiled(spoil: (value: number) => number): Runtime {
  const runtime = openNodeRuntime(1);
  return {
    ...runtime,
    async open(file) {
      const graph = await runtime.open(file);
      return {
        ...graph,
        async run(inputs, outputs) {
          const results = await graph.run(inputs, outputs);
          for (const name of outputs) results[name].data.set(results[name].data.map(spoil));
          return results;
        },
      };
    },
  };
}

interface Opening extends OpenedPack {
  readonly asked: readonly Backend[];
  readonly stages: readonly string[];
}

async function open(choice: BackendChoice, gpu: GpuFinding, webgpu: GpuRuntime = 'right'): Promise<Opening> {
  const asked: Backend[] = [];
  const stages: string[] = [];
  const opened = await openPack(
    choice,
    { pack, golden, readFile },
    {
      findGpu: () => Promise.resolve(gpu),
      openRuntime(backend) {
        asked.push(backend);
        return backend === 'wasm' ? Promise.resolve(openNodeRuntime(1)) : gpuRuntimes[webgpu]();
      },
    },
    { onStage: (stage) => stages.push(stage) },
  );
  await releaseGraphs(opened.graphs);
  return { ...opened, asked, stages };
}

describe('openPack', () => {
  it('runs on WASM when asked to, without looking for a GPU', async () => {
    const { report, asked, stages } = await open('wasm', HARDWARE);
    expect(report).toMatchObject({ backend: 'wasm', reason: 'WASM, as chosen.', threads: 1 });
    expect(report.selfTestError).toBeLessThan(tolerance / 10);
    expect(asked).toEqual(['wasm']);
    expect(stages).toEqual(['open', 'self-test']);
  });

  it.each<[BackendChoice, GpuFinding, GpuRuntime, Backend[], string]>([
    [
      'auto',
      HARDWARE,
      'right',
      ['webgpu'],
      'WebGPU on apple metal-3, after its self-test agreed with the reference.',
    ],
    ['auto', NONE, 'right', ['wasm'], 'WASM, because this browser has no WebGPU.'],
    [
      'auto',
      SOFTWARE,
      'right',
      ['wasm'],
      'WASM, because the WebGPU adapter (google swiftshader) is software and slower; choose WebGPU to use it anyway.',
    ],
    [
      'webgpu',
      SOFTWARE,
      'right',
      ['webgpu'],
      'WebGPU on google swiftshader, as chosen, after its self-test agreed with the reference.',
    ],
    ['webgpu', NONE, 'right', ['wasm'], 'WASM, because this browser has no WebGPU.'],
    [
      'auto',
      HARDWARE,
      'missing',
      ['webgpu', 'wasm'],
      'WASM, because WebGPU failed: The program that runs the models did not start.',
    ],
    [
      'webgpu',
      HARDWARE,
      'noisy',
      ['webgpu', 'wasm'],
      'WASM, because WebGPU failed: The models computed something that is no number (class scores).',
    ],
  ])('%s with %j whose WebGPU is %s asks for %j', async (choice, gpu, webgpu, asked, reason) => {
    const opening = await open(choice, gpu, webgpu);
    expect(opening.report.reason).toBe(reason);
    expect(opening.asked).toEqual(asked);
  });

  it('does not trust a GPU that computes something else', async () => {
    const { report } = await open('auto', HARDWARE, 'wrong');
    expect(report.backend).toBe('wasm');
    expect(report.reason).toMatch(
      /^WASM, because WebGPU failed: The self-test differs .* by 0\.\d+; the limit/u,
    );
  });

  it('opens a pack without a golden case untested, and says so', async () => {
    const stages: string[] = [];
    const { graphs, report } = await openPack(
      'webgpu',
      { pack, golden: null, readFile },
      { findGpu: () => Promise.resolve(HARDWARE), openRuntime: () => gpuRuntimes.right() },
      { onStage: (stage) => stages.push(stage) },
    );
    await releaseGraphs(graphs);
    expect(stages).toEqual(['open']);
    expect(report).toMatchObject({
      selfTestError: null,
      reason: 'WebGPU on apple metal-3, as chosen; this pack has no self-test.',
    });
  });

  it('says how far it is with a backbone in several graphs', async () => {
    const [file = ''] = pack.detector.backbone;
    const many = { ...pack, detector: { ...pack.detector, backbone: [file, file, file] } };
    const heard: unknown[] = [];
    const { graphs } = await openPack(
      'wasm',
      { pack: many, golden: null, readFile },
      { findGpu: () => Promise.resolve(NONE), openRuntime: () => Promise.resolve(openNodeRuntime(1)) },
      { onStage: (stage, steps) => heard.push(steps ?? stage) },
    );
    await releaseGraphs(graphs);
    expect(heard).toEqual(['open', ...[0, 1, 2, 3, 4, 5, 6].map((done) => ({ done, total: 7 }))]);
  });

  it('stops between graphs when cancelled', async () => {
    const controller = new AbortController();
    const opening = openPack(
      'wasm',
      { pack, golden, readFile },
      {
        findGpu: () => Promise.resolve(NONE),
        openRuntime() {
          controller.abort();
          return Promise.resolve(openNodeRuntime(1));
        },
      },
      { signal: controller.signal, onStage: () => undefined },
    );
    await expect(opening).rejects.toThrow(/abort/iu);
  });

  it('names the graph that cannot be opened', async () => {
    const opening = openPack(
      'wasm',
      {
        pack,
        golden,
        readFile: (path) =>
          path === pack.lxmert.vision ? Promise.resolve(new Uint8Array(9)) : readFile(path),
      },
      { findGpu: () => Promise.resolve(NONE), openRuntime: () => Promise.resolve(openNodeRuntime(1)) },
      { onStage: () => undefined },
    );
    await expect(opening).rejects.toMatchObject({
      code: 'inference-failed',
      message: expect.stringContaining('lxmert-vision.onnx cannot be opened'),
    });
  });
});

function watched(gpu: GpuFinding) {
  const asked: Backend[] = [];
  const dependencies = {
    findGpu: () => Promise.resolve(gpu),
    openRuntime(backend: Backend) {
      asked.push(backend);
      return Promise.resolve({ ...openNodeRuntime(1), backend });
    },
  };
  return { asked, dependencies };
}

describe('startEarly', () => {
  it.each([
    ['wasm', HARDWARE, 'wasm'],
    ['auto', HARDWARE, 'webgpu'],
    ['auto', SOFTWARE, 'wasm'],
    ['webgpu', SOFTWARE, 'webgpu'],
    ['webgpu', NONE, 'wasm'],
  ] as const)('for %s on %o starts %s before anybody asks', async (choice, gpu, first) => {
    const { asked, dependencies } = watched(gpu);
    const early = startEarly(choice, dependencies);
    await expect.poll(() => asked).toEqual([first]);
    expect((await early.openRuntime(first)).backend).toBe(first);
    expect(asked).toEqual([first]);
    const other = first === 'wasm' ? 'webgpu' : 'wasm';
    expect((await early.openRuntime(other)).backend).toBe(other);
    expect(asked).toEqual([first, other]);
  });

  it('tells of a failure when the pack is opened, and tries again when it is asked again', async () => {
    let times = 0;
    const openRuntime = () => {
      times += 1;
      return times === 1 ? Promise.reject(new Error('cut')) : Promise.resolve(openNodeRuntime(1));
    };
    const early = startEarly('wasm', { findGpu: () => Promise.resolve(NONE), openRuntime });
    await expect(early.openRuntime('wasm')).rejects.toThrow('cut');
    await expect(early.openRuntime('wasm')).resolves.toBeDefined();
  });
});
