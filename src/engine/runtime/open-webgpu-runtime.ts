/** The WebGPU build of the runtime, which is nearly twice as large: loaded when a GPU is to be used, and only then. */
import * as ort from 'onnxruntime-web/webgpu';
import glue from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import { explainStart, fetchRuntime } from './fetch-runtime.ts';
import { ortRuntime } from './ort-runtime.ts';
import { prepareThreads } from './prepare-threads.ts';
import { runtimeAddress } from './runtime-address.ts';
import type { Runtime } from './runtime.ts';

let isFetched = false;

/** @throws VqaError `runtime-failed`; only a fresh worker can try again then */
export async function openWebgpuRuntime(signal?: AbortSignal): Promise<Runtime> {
  const files = {
    glue: runtimeAddress('ort-wasm-simd-threaded.asyncify.js', glue),
    wasm: runtimeAddress('ort-wasm-simd-threaded.asyncify.wasm', wasm),
  };
  // See open-wasm-runtime.ts.
  ort.env.wasm.wasmPaths = { mjs: files.glue, wasm: files.wasm };
  if (!isFetched) ort.env.wasm.wasmBinary = await fetchRuntime(files, { signal });
  isFetched = true;
  return ortRuntime(ort, 'webgpu', await prepareThreads(files.glue), (thrown) =>
    explainStart(thrown, files.glue),
  );
}
