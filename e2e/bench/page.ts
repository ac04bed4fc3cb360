/** Runs in the browser: the page's worker without the page, so that nothing but the engine is measured. */
import { connectEngine } from '../../src/worker/engine-boundary.ts';
import { spawnWorker } from '../../src/worker/spawn.ts';
import { measurePhoto, type Samples } from './measure.ts';
import { median } from './median.ts';

export interface BenchPage {
  /** Resolves with the milliseconds it took and the threads in use. */
  load(packUrl: string): Promise<{ readonly ms: number; readonly threads: number }>;
  measure(photoUrl: string, questions: readonly string[]): Promise<Samples>;
  /** Milliseconds of a question to this photo with so many regions, and with words until it has so many tokens. */
  costs(photoUrl: string, regions: readonly number[], tokens: readonly number[]): Promise<Costs>;
}

export interface Costs {
  readonly regions: readonly number[];
  readonly tokens: readonly number[];
}

const TIMES = 30;

async function askOften(imageId: string, question: string): Promise<number> {
  const times: number[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    const startedMs = performance.now();
    await engine.ask({ imageId, question });
    times.push(performance.now() - startedMs);
  }
  return median(times);
}

/** Boxes of two sizes side by side, as many as are wanted. */
function boxesAcross(count: number): { xmin: number; ymin: number; xmax: number; ymax: number }[] {
  return Array.from({ length: count }, (_, index) => {
    const [xmin, ymin, side] = [(index % 8) / 10, (Math.floor(index / 8) % 8) / 10, 0.2 + (index % 2) / 10];
    return { xmin, ymin, xmax: Math.min(1, xmin + side), ymax: Math.min(1, ymin + side) };
  });
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
  async costs(photoUrl, regionCounts, tokenCounts) {
    const image = await (await fetch(photoUrl)).blob();
    await engine.detect({ imageId: 'found', image });
    const regions: number[] = [];
    for (const count of regionCounts) {
      await engine.editRegions({ imageId: 'found', editedId: 'drawn', regions: boxesAcross(count) });
      regions.push(await askOften('drawn', 'what color is the cup'));
    }
    const tokens: number[] = [];
    for (const count of tokenCounts) tokens.push(await askOften('found', await questionOf(count)));
    return { regions, tokens };
  },
};

async function questionOf(tokens: number): Promise<string> {
  let question = 'what is it';
  for (;;) {
    const read = await engine.tokenize({ question });
    if (read.tokens.length >= tokens) return question;
    question += ' now';
  }
}
