/** The WebGPU build of the runtime, which is nearly twice as large: loaded when a GPU is to be used, and only then. */
import * as ort from 'onnxruntime-web/webgpu';
import glue from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import { runtimeAddress } from './runtime-address.ts';
import { runtimeStarter } from './start-runtime.ts';

/** @throws VqaError `runtime-failed` */
export const openWebgpuRuntime = runtimeStarter(ort, 'webgpu', () => ({
  glue: runtimeAddress('ort-wasm-simd-threaded.asyncify.js', glue),
  wasm: runtimeAddress('ort-wasm-simd-threaded.asyncify.wasm', wasm),
}));
