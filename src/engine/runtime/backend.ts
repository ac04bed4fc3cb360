/** Chooses where a pack runs: what was asked for, what the machine has, and whether the self-test agrees. */
import type { Steps } from '../../core/engine.ts';
import { VqaError, asVqaError } from '../../core/errors.ts';
import type { ModelPack } from '../../core/pack/pack.ts';
import type { Backend, BackendChoice, BackendReport } from '../../core/types.ts';
import type { GoldenCase } from '../pack/golden-case.ts';
import { openGraphs, releaseGraphs, type PackGraphs, type ReadFile } from '../pack/pack-graphs.ts';
import type { GpuFinding, Runtime } from './runtime.ts';
import { selfTest } from '../pack/self-test.ts';

export interface BackendDependencies {
  /** Loads the runtime's build for this backend; the other build stays where it is. */
  openRuntime(backend: Backend, signal?: AbortSignal): Promise<Runtime>;
  findGpu(): Promise<GpuFinding>;
}

export interface PackContents {
  readonly pack: ModelPack;
  /** Null for a pack without one, which is trusted untested. */
  readonly golden: GoldenCase | null;
  readonly readFile: ReadFile;
}

export interface OpenedPack {
  readonly graphs: PackGraphs;
  /** Where the graphs are, and where the pack's heads will be. */
  readonly runtime: Runtime;
  readonly report: BackendReport;
}

export interface OpenOptions {
  readonly signal?: AbortSignal | undefined;
  /** `steps`: graphs opened so far, of a pack with many. */
  readonly onStage: (stage: 'open' | 'self-test', steps?: Steps) => void;
}

type Trial = OpenedPack['report'] & Pick<OpenedPack, 'graphs' | 'runtime'>;

/** Whether WebGPU is tried at all: not without an adapter, and a software one only for whoever asks for it by name. */
function takesGpu(choice: BackendChoice, gpu: GpuFinding['gpu']): boolean {
  return gpu === 'hardware' || (gpu === 'software' && choice === 'webgpu');
}

/**
 * Looks for a GPU and starts the build of the runtime that is tried first, while the pack is still being fetched.
 * @returns the same dependencies, which give out once what has been started
 */
export function startEarly(
  choice: BackendChoice,
  dependencies: BackendDependencies,
  signal?: AbortSignal,
): BackendDependencies {
  const finding = choice === 'wasm' ? null : dependencies.findGpu();
  const started = (async () => {
    const backend: Backend = finding && takesGpu(choice, (await finding).gpu) ? 'webgpu' : 'wasm';
    const runtime = dependencies.openRuntime(backend, signal);
    // Whoever opens the pack is told; until then nobody listens.
    runtime.catch(() => undefined);
    return { backend, runtime };
  })();
  started.catch(() => undefined);
  let isTaken = false;
  return {
    findGpu: () => finding ?? dependencies.findGpu(),
    async openRuntime(backend, laterSignal) {
      const first = await started;
      if (isTaken || first.backend !== backend) return await dependencies.openRuntime(backend, laterSignal);
      isTaken = true;
      return await first.runtime;
    },
  };
}

/** Opens on the backend asked for, or on WASM with the reason why not; one at a time, so memory holds one copy. */
export async function openPack(
  choice: BackendChoice,
  contents: PackContents,
  dependencies: BackendDependencies,
  options: OpenOptions,
): Promise<OpenedPack> {
  if (choice === 'wasm') return await openOnWasm('as chosen', contents, dependencies, options);
  const gpu = await dependencies.findGpu();
  if (gpu.gpu === 'none') return await openOnWasm(`because ${gpu.because}`, contents, dependencies, options);
  if (!takesGpu(choice, gpu.gpu)) {
    const reason = `because the WebGPU adapter (${gpu.name}) is software and slower; choose WebGPU to use it anyway`;
    return await openOnWasm(reason, contents, dependencies, options);
  }
  try {
    const { graphs, runtime, ...report } = await tryBackend('webgpu', contents, dependencies, options);
    const chosen = choice === 'webgpu' ? ', as chosen' : '';
    const tested =
      report.selfTestError === null
        ? '; this pack has no self-test'
        : ', after its self-test agreed with the reference';
    const reason = `WebGPU on ${gpu.name}${chosen}${tested}.`;
    return { graphs, runtime, report: { ...report, reason } };
  } catch (thrown) {
    const error = asVqaError(thrown);
    if (error.code === 'cancelled') throw error;
    return await openOnWasm(`because WebGPU failed: ${error.message}`, contents, dependencies, options);
  }
}

async function openOnWasm(
  because: string,
  contents: PackContents,
  dependencies: BackendDependencies,
  options: OpenOptions,
): Promise<OpenedPack> {
  const { graphs, runtime, ...report } = await tryBackend('wasm', contents, dependencies, options);
  return { graphs, runtime, report: { ...report, reason: `WASM, ${because.replace(/\.$/u, '')}.` } };
}

async function tryBackend(
  backend: Backend,
  { pack, golden, readFile }: PackContents,
  dependencies: BackendDependencies,
  { signal, onStage }: OpenOptions,
): Promise<Trial> {
  onStage('open');
  const runtime = await dependencies.openRuntime(backend, signal).catch((thrown: unknown) => {
    throw asVqaError(thrown, 'backend-unavailable');
  });
  const graphs = await openGraphs(countingOpened(runtime, pack, onStage), pack, readFile, signal);
  try {
    signal?.throwIfAborted();
    if (golden !== null) onStage('self-test');
    const selfTestError = golden && (await selfTest(graphs, pack, golden));
    if (selfTestError !== null && pack.golden && selfTestError > pack.golden.tolerance) {
      const difference = Number.isFinite(selfTestError) ? selfTestError.toPrecision(2) : 'not a number';
      throw new VqaError(
        'backend-unavailable',
        `The self-test differs from the reference by ${difference}; the limit is ${pack.golden.tolerance}.`,
      );
    }
    return { backend, reason: '', threads: runtime.threads, selfTestError, graphs, runtime };
  } catch (thrown) {
    await releaseGraphs(graphs);
    throw thrown;
  }
}

/** Beside the backbone's: the RoI head and the three encoders. */
const OTHER_GRAPHS = 4;

/** A detector in several graphs is large, and takes long to open. */
function countingOpened(runtime: Runtime, { detector }: ModelPack, onStage: OpenOptions['onStage']): Runtime {
  const parts = detector.backbone.length;
  if (parts === 1) return runtime;
  let done = 0;
  return {
    ...runtime,
    open(file, weights) {
      onStage('open', { done, total: parts + OTHER_GRAPHS });
      done += 1;
      return runtime.open(file, weights);
    },
  };
}
