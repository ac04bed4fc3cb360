/** ONNX Runtime behind `Runtime`; the same for each of its builds. */
import type * as Ort from 'onnxruntime-web';
import { asVqaError, VqaError } from '../../core/errors.ts';
import type { Backend } from '../../core/types.ts';
import type { Graph, GraphInput, GraphOutput, Runtime } from './runtime.ts';

export type OrtModule = Pick<typeof Ort, 'InferenceSession' | 'Tensor' | 'env'>;

/** At more threads than this the small graphs of a pack spend their time waiting for each other. */
const MAX_THREADS = 4;

/** As `env.logLevel = 'error'`, in the numbers of a session. */
const ERRORS_ONLY = 3;

/** Threads to ask for; shared memory, and with it any second thread, exists on isolated pages alone. */
export function threadCount(isolated: boolean, cores: number): number {
  return isolated ? Math.max(1, Math.min(MAX_THREADS, cores)) : 1;
}

/** What the runtime says when it was not its graph that failed, but itself. */
const NOT_STARTED = /no available backend found|initWasm/u;

/** @param explainStart a sentence for a runtime that has not started */
export function ortRuntime(
  ort: OrtModule,
  backend: Backend,
  threads: number,
  explainStart: (thrown: unknown) => Error = asVqaError,
): Runtime {
  ort.env.logLevel = 'error';
  ort.env.wasm.numThreads = threads;
  return {
    backend,
    threads,
    async open(file, weights = []) {
      const session = await ort.InferenceSession.create(file, {
        executionProviders: [backend],
        graphOptimizationLevel: 'all',
        ...(weights.length > 0 && { externalData: weights }),
        // Each session has a level of its own; warnings would go to the console as errors.
        logSeverityLevel: ERRORS_ONLY,
      }).catch((thrown: unknown) => {
        throw thrown instanceof Error && NOT_STARTED.test(thrown.message) ? explainStart(thrown) : thrown;
      });
      return ortGraph(ort, session);
    },
  };
}

function ortGraph(ort: OrtModule, session: Ort.InferenceSession): Graph {
  return {
    inputs: session.inputNames,
    outputs: session.outputNames,
    async run(inputs, outputs) {
      const feeds = Object.entries(inputs).map(
        ([name, input]) => [name, ortTensor(ort, name, input)] as const,
      );
      const results = await session.run(Object.fromEntries(feeds), [...outputs]);
      for (const [, tensor] of feeds) tensor.dispose();
      const read: Record<string, GraphOutput> = {};
      for (const name of outputs) read[name] = await readOutput(name, results[name]);
      if (!hasAll(read, outputs)) throw new RangeError('the graph gave too few outputs');
      return read;
    },
    release: () => session.release(),
  };
}

function ortTensor(ort: OrtModule, name: string, { dims, data }: GraphInput): Ort.Tensor {
  // The runtime hands a null pointer to its kernels for an empty tensor.
  if (data.length === 0) throw new RangeError(`input ${name} of ${dims.join('×')} is empty`);
  return data instanceof Int32Array
    ? new ort.Tensor('int32', data, dims)
    : new ort.Tensor('float32', data, dims);
}

async function readOutput(name: string, tensor: Ort.Tensor | undefined): Promise<GraphOutput> {
  if (tensor === undefined) throw new RangeError(`the graph has no output ${name}`);
  const data = await tensor.getData();
  const { dims } = tensor;
  tensor.dispose();
  if (!(data instanceof Float32Array)) throw new TypeError(`output ${name} is not float32`);
  checkNumbers(name, data);
  return { dims, data };
}

/** Outputs from which chances are worked out. */
const JUDGED = /(?:logits|scores)$/u;

/**
 * What is no number would be ranked, added up and shown like any other.
 * @throws VqaError `inference-failed`
 */
function checkNumbers(name: string, data: Float32Array): void {
  const most = JUDGED.test(name) ? Number.MAX_VALUE : Infinity;
  for (const value of data) {
    if (value <= most) continue;
    const what = Number.isNaN(value) ? 'something that is no number' : 'a number without end';
    throw new VqaError('inference-failed', `The models computed ${what} (${name.replaceAll('_', ' ')}).`);
  }
}

function hasAll<Name extends string>(
  read: Record<string, GraphOutput>,
  names: readonly Name[],
): read is Record<Name, GraphOutput> {
  return names.every((name) => name in read);
}
