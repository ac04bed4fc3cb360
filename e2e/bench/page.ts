/** Runs in the browser: the page's worker without the page, so that nothing but the engine is measured. */
import { connectEngine } from '../../src/worker/engine-boundary.ts';
import { spawnWorker } from '../../src/worker/spawn.ts';
import { measurePhoto, type Samples } from './measure.ts';

export interface BenchPage {
  /** Resolves with the milliseconds it took and the threads in use. */
  load(packUrl: string): Promise<{ readonly ms: number; readonly threads: number }>;
  measure(photoUrl: string, questions: readonly string[]): Promise<Samples>;
}

declare global {
  var bench: BenchPage;
}

const engine = connectEngine(spawnWorker);

globalThis.bench = {
  async load(packUrl) {
    const startedMs = performance.now();
    const { backend } = await engine.load({ packUrl, backend: 'wasm' });
    return { ms: performance.now() - startedMs, threads: backend.threads };
  },
  async measure(photoUrl, questions) {
    const image = await (await fetch(photoUrl)).blob();
    return measurePhoto(engine, { name: photoUrl, image, questions });
  },
};
