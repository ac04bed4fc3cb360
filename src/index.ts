/** The SDK on a page: photos and questions in, answers with their attention out, all in a worker. */
import { probeEngine, type ProbeReport } from './sdk/probe.ts';
import { createVqa, DEFAULT_PACK, type LoadVqaOptions, type Vqa } from './sdk/vqa.ts';
import { connectEngine } from './worker/engine-boundary.ts';
import { openWorker } from './worker/open-worker.ts';
import { packagedRuntime, packagedWorker, runtimeIn } from './worker/package-files.ts';

export * from './sdk/exports.ts';

/**
 * Starts a worker and loads a model pack into it. Every promise rejects with a `VqaError`.
 * @example
 * const vqa = await loadVqa({ pack: '/packs/everyday/' });
 * const photo = await vqa.detect(file);
 * const { answers } = await photo.ask('What is on the table?');
 */
export async function loadVqa(options: LoadVqaOptions = {}): Promise<Vqa> {
  const { engine, report } = await open(options);
  return createVqa(engine, report, () => engine.disconnect());
}

/** Loads a pack, measures what it does on this device, and gives it back; what was downloaded is kept if it can be. */
export async function probe(options: LoadVqaOptions = {}): Promise<ProbeReport> {
  const { engine, report } = await open(options);
  try {
    return await probeEngine(engine, report, usedBytes, options.signal);
  } finally {
    engine.disconnect();
  }
}

async function open({ pack = DEFAULT_PACK, backend = 'auto', worker, runtime, ...options }: LoadVqaOptions) {
  const address = worker === undefined ? packagedWorker() : new URL(worker, document.baseURI);
  // A worker of the page's choice has the runtime beside it, unless that is elsewhere too.
  const beside = worker === undefined ? packagedRuntime() : undefined;
  const files = runtime === undefined ? beside : runtimeIn(new URL(runtime, document.baseURI).href);
  const engine = connectEngine(() => openWorker(address, address.href, files));
  const packUrl = new URL(pack.endsWith('/') ? pack : `${pack}/`, document.baseURI).href;
  try {
    return { engine, report: await engine.load({ packUrl, backend }, options) };
  } catch (thrown) {
    engine.disconnect();
    throw thrown;
  }
}

/** Workers included; browsers tell it to cross-origin isolated pages, if at all. */
async function usedBytes(): Promise<number | null> {
  const { measureUserAgentSpecificMemory: measure } = performance as Performance & {
    readonly measureUserAgentSpecificMemory?: () => Promise<{ readonly bytes: number }>;
  };
  try {
    return measure ? (await measure.call(performance)).bytes : null;
  } catch {
    return null;
  }
}
