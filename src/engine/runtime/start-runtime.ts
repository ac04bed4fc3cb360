/** One build of the runtime, fetched, compiled and started: the same for each of them. */
import type { Backend } from '../../core/types.ts';
import { explainStart, fetchRuntime, type RuntimeCode, type RuntimeFiles } from './fetch-runtime.ts';
import { ortRuntime, type OrtModule } from './ort-runtime.ts';
import { prepareThreads } from './prepare-threads.ts';
import type { Runtime } from './runtime.ts';

/** y = x for one number, as an ONNX file: the runtime only starts when it is given a graph. */
const SMALLEST_GRAPH =
  'CAg6NwoQCgF4EgF5IghJZGVudGl0eRIBZ1oPCgF4EgoKCAgBEgQKAggBYg8KAXkSCgoICAESBAoCCAFCBAoAEBE=';

/** What the runtime is given for its bytes where it gets the compiled module in their place. */
const IN_PLACE_OF_BYTES = 8;

/**
 * @returns opens the build once: a later call gets the same runtime, and tries again after a failure that was none of the
 *   runtime's own; after one of those only a fresh worker can.
 */
export function runtimeStarter(
  ort: OrtModule,
  backend: Backend,
  files: () => RuntimeFiles,
): (signal?: AbortSignal) => Promise<Runtime> {
  let started: Promise<Runtime> | null = null;
  return (signal) => {
    started ??= start(ort, backend, files(), signal).catch((thrown: unknown) => {
      started = null;
      throw thrown;
    });
    return started;
  };
}

async function start(
  ort: OrtModule,
  backend: Backend,
  files: RuntimeFiles,
  signal: AbortSignal | undefined,
): Promise<Runtime> {
  const code = await fetchRuntime(files, { signal });
  // Without the addresses the built page starts its threads from our own worker's file, and waits for ever.
  ort.env.wasm.wasmPaths = { mjs: files.glue, wasm: files.wasm };
  ort.env.wasm.wasmBinary = code.module ? new ArrayBuffer(IN_PLACE_OF_BYTES) : code.bytes;
  const threads = await prepareThreads(files.glue);
  const runtime = ortRuntime(ort, backend, threads, (thrown) => explainStart(thrown, files.glue));
  await handingOver(code, async () => {
    const smallest = Uint8Array.from(atob(SMALLEST_GRAPH), (sign) => sign.charCodeAt(0));
    await (await runtime.open(smallest)).release();
  });
  return runtime;
}

/** The runtime takes bytes and compiles them itself: for as long as it starts, it is given what is compiled already. */
export async function handingOver(
  { module }: Pick<RuntimeCode, 'module'>,
  startIt: () => Promise<void>,
): Promise<void> {
  if (module === null) return await startIt();
  const { instantiate } = WebAssembly;
  const instantiateModule = async (_bytes: BufferSource, imports?: WebAssembly.Imports) => ({
    module,
    instance: await instantiate(module, imports),
  });
  Object.assign(WebAssembly, { instantiate: instantiateModule });
  try {
    await startIt();
  } finally {
    Object.assign(WebAssembly, { instantiate });
  }
}
