/** The WebGPU build of the runtime, which is nearly twice as large: loaded when a GPU is to be used, and only then. */
import * as ort from 'onnxruntime-web/webgpu';
import glue from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import { ortRuntime } from './ort-runtime.ts';
import { prepareThreads } from './prepare-threads.ts';
import type { Runtime } from './runtime.ts';

export async function openWebgpuRuntime(): Promise<Runtime> {
  // See open-wasm-runtime.ts.
  ort.env.wasm.wasmPaths = { mjs: absolute(glue), wasm: absolute(wasm) };
  return ortRuntime(ort, 'webgpu', await prepareThreads(absolute(glue)));
}

function absolute(url: string): string {
  return new URL(url, self.location.href).href;
}
