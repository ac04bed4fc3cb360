/** The engine of the page with ONNX Runtime's native build below it: the yardstick for its WASM build. */
import { pathToFileURL } from 'node:url';
import * as ort from 'onnxruntime-node';
import { folderPackStore } from '../../src/node/folder-pack-store.ts';
import { readPixelsNode } from '../../src/node/read-pixels-node.ts';
import type { Engine } from '../../src/core/engine.ts';
import { createEngine } from '../../src/engine/create-engine.ts';
import type { Graph, GraphInput, GraphOutput, Runtime } from '../../src/engine/runtime/runtime.ts';

export function nativeRuntime(threads: number): Runtime {
  return {
    // The engine only knows the backends of a page; nothing but its report reads this.
    backend: 'wasm',
    threads,
    async open(file, weights = []) {
      return nativeGraph(
        await ort.InferenceSession.create(file, {
          graphOptimizationLevel: 'all',
          interOpNumThreads: 1,
          intraOpNumThreads: threads,
          externalData: weights,
        }),
      );
    },
  };
}

function nativeGraph(session: ort.InferenceSession): Graph {
  return {
    inputs: session.inputNames,
    outputs: session.outputNames,
    async run<Name extends string>(
      inputs: Readonly<Record<string, GraphInput>>,
      outputs: readonly Name[],
    ): Promise<Record<Name, GraphOutput>> {
      const feeds = Object.entries(inputs).map(([name, { dims, data }]): [string, ort.Tensor] => [
        name,
        data instanceof Int32Array
          ? new ort.Tensor('int32', data, dims)
          : new ort.Tensor('float32', data, dims),
      ]);
      const results = await session.run(Object.fromEntries(feeds), [...outputs]);
      const read: Partial<Record<Name, GraphOutput>> = {};
      for (const name of outputs) read[name] = outputOf(results[name], name);
      return complete(read, outputs);
    },
    release: () => session.release(),
  };
}

function outputOf(tensor: ort.Tensor | undefined, name: string): GraphOutput {
  if (!(tensor?.data instanceof Float32Array)) throw new TypeError(`output ${name} is not float32`);
  return { dims: tensor.dims, data: tensor.data };
}

function complete<Name extends string>(
  read: Partial<Record<Name, GraphOutput>>,
  names: readonly Name[],
): Record<Name, GraphOutput> {
  if (!isComplete(read, names)) throw new RangeError('the graph gave too few outputs');
  return read;
}

function isComplete<Name extends string>(
  read: Partial<Record<Name, GraphOutput>>,
  names: readonly Name[],
): read is Record<Name, GraphOutput> {
  return names.every((name) => name in read);
}

/** An engine over a pack's folder; `load` it with the folder's URL. */
export function nativeEngine(threads: number): Engine {
  return createEngine({
    readPixels: readPixelsNode,
    openRuntime: () => Promise.resolve(nativeRuntime(threads)),
    findGpu: () => Promise.resolve({ gpu: 'none', because: 'this is Node' }),
    packStore: folderPackStore,
  });
}

export function folderUrl(folder: string): string {
  return `${pathToFileURL(folder).href}/`;
}
