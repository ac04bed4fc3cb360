/** The CPU build of the runtime, in a browser. */
import * as ort from 'onnxruntime-web/wasm';
import glue from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { ortRuntime } from './ort-runtime.ts';
import { prepareThreads } from './prepare-threads.ts';
import type { Runtime } from './runtime.ts';

export async function openWasmRuntime(): Promise<Runtime> {
  // Without these the built page starts its threads from our own worker's file, and waits for ever.
  ort.env.wasm.wasmPaths = { mjs: absolute(glue), wasm: absolute(wasm) };
  return ortRuntime(ort, 'wasm', await prepareThreads(absolute(glue)));
}

function absolute(url: string): string {
  return new URL(url, self.location.href).href;
}
