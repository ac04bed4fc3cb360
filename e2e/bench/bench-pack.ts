/** A pack in a real browser, beside the same graphs in native ONNX Runtime. */
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { chromium } from '@playwright/test';
import { buildWhenStale } from '../../src/build/build-when-stale.ts';
import type { Engine } from '../../src/core/engine.ts';
import { prepareBenchPhotos } from './bench-photos.ts';
import { buildBenchPage, openBrowserEngine, PHOTOS_FOLDER } from './browser-engine.ts';
import { pageScriptBytes, visitFirst } from './first-visit.ts';
import { emptySamples, measurePhoto, type Samples } from './measure.ts';
import { folderUrl, nativeEngine } from './native-engine.ts';
import { MEASURES, printReport, type BenchReport, type Column } from './report.ts';
import { launchWith } from '../find-chromium.ts';

async function timedLoad(engine: Engine, packFolder: string): Promise<number> {
  const startedMs = performance.now();
  await engine.load({ packUrl: folderUrl(packFolder), backend: 'wasm' });
  return performance.now() - startedMs;
}

function add(to: Samples, more: Samples): void {
  for (const [measure] of MEASURES) to[measure].push(...more[measure]);
}

export interface PackBenchOptions {
  readonly pack: string;
  readonly rounds: number;
  readonly json: boolean;
  /** Says on the terminal what is going on. */
  readonly say: (text: string) => void;
}

export async function benchPack({ pack, rounds, json, say }: PackBenchOptions): Promise<void> {
  const packFolder = resolve(pack);
  say('Building …');
  await buildWhenStale();
  await buildBenchPage();
  const photos = await prepareBenchPhotos(PHOTOS_FOLDER);
  const browser = await chromium.launch(launchWith());

  say('Loading the pack …');
  const columns: Column[] = [];
  const runs: { readonly samples: Samples; measure(index: number): Promise<Samples> }[] = [];
  const closers: (() => Promise<void>)[] = [];
  for (const isolated of [false, true]) {
    const inBrowser = await openBrowserEngine(packFolder, isolated);
    const native = nativeEngine(inBrowser.threads);
    const nativeLoadMs = await timedLoad(native, packFolder);
    const column: Column = {
      threads: inBrowser.threads,
      browser: {
        firstLoadMs: inBrowser.firstLoadMs,
        cachedLoadMs: inBrowser.cachedLoadMs,
        samples: emptySamples(),
      },
      native: { loadMs: nativeLoadMs, samples: emptySamples() },
    };
    columns.push(column);
    closers.push(() => inBrowser.close());
    runs.push(
      {
        samples: column.browser.samples,
        measure(index) {
          const photo = photos[index]!;
          return inBrowser.measure(photo.file, photo.questions);
        },
      },
      {
        samples: column.native.samples,
        measure(index) {
          const { file, bytes, questions } = photos[index]!;
          return measurePhoto(native, { name: file, image: new Blob([bytes]), questions });
        },
      },
    );
  }

  // Every engine in turn over every photo: whatever else the machine does meets all of them alike.
  // The first round warms up and is not kept.
  for (let round = 0; round <= rounds; round += 1) {
    say(round === 0 ? 'Warming up …' : `Round ${round} of ${rounds} …`);
    for (const index of photos.keys()) {
      for (const run of runs) {
        const samples = await run.measure(index);
        if (round > 0) add(run.samples, samples);
      }
    }
  }
  for (const close of closers) await close();

  say('A first visit …');
  const firstVisit = await visitFirst(browser);
  await browser.close();

  const report: BenchReport = {
    pack,
    cpu: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
    photos: photos.length,
    rounds,
    columns,
    firstVisit: { ...firstVisit, pageScriptBytes: await pageScriptBytes() },
  };
  printReport(report, json);
}
