/** The CPU build of the runtime, in a browser. */
import * as ort from 'onnxruntime-web/wasm';
import glue from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { runtimeAddress } from './runtime-address.ts';
import { runtimeStarter } from './start-runtime.ts';

/** @throws VqaError `runtime-failed` */
export const openWasmRuntime = runtimeStarter(ort, 'wasm', () => ({
  glue: runtimeAddress('ort-wasm-simd-threaded.js', glue),
  wasm: runtimeAddress('ort-wasm-simd-threaded.wasm', wasm),
}));
