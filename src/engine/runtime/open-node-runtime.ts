/** The runtime in Node: the same WASM as on a page, for the command line and for tests. */
import * as ort from 'onnxruntime-web';
import { ortRuntime } from './ort-runtime.ts';
import type { Runtime } from './runtime.ts';

export function openNodeRuntime(threads: number): Runtime {
  return ortRuntime(ort, 'wasm', threads);
}
