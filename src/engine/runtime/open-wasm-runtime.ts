/** The CPU build of the runtime, in a browser. */
import * as ort from 'onnxruntime-web/wasm';
import glue from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { explainStart, fetchRuntime } from './fetch-runtime.ts';
import { ortRuntime } from './ort-runtime.ts';
import { prepareThreads } from './prepare-threads.ts';
import { runtimeAddress } from './runtime-address.ts';
import type { Runtime } from './runtime.ts';

let isFetched = false;

/** @throws VqaError `runtime-failed`; only a fresh worker can try again then */
export async function openWasmRuntime(signal?: AbortSignal): Promise<Runtime> {
  const files = {
    glue: runtimeAddress('ort-wasm-simd-threaded.js', glue),
    wasm: runtimeAddress('ort-wasm-simd-threaded.wasm', wasm),
  };
  // Without these the built page starts its threads from our own worker's file, and waits for ever.
  ort.env.wasm.wasmPaths = { mjs: files.glue, wasm: files.wasm };
  if (!isFetched) ort.env.wasm.wasmBinary = await fetchRuntime(files, { signal });
  isFetched = true;
  return ortRuntime(ort, 'wasm', await prepareThreads(files.glue), (thrown) =>
    explainStart(thrown, files.glue),
  );
}
