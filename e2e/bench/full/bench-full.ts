/** `npm run bench -- --full`: the published LXMERT, one further question, in a page, in native ONNX Runtime, in PyTorch. */
import { execFile } from 'node:child_process';
import { access, readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { PROJECT_FOLDER } from '../../../src/build/build-when-stale.ts';
import { serveStatic } from '../../../src/cli/serve-static.ts';
import { parsePackText } from '../../../src/core/pack/parse-pack.ts';
import { launchWith } from '../../find-chromium.ts';
import { nativeRuntime } from '../native-engine.ts';
import { openLxmert } from './lxmert.ts';
import { TOKEN_COUNTS } from './numbers.ts';
import { printFullReport, type FullRound, type Loss } from './report.ts';
import { runPython, startTorch, type TorchAnswer } from './torch.ts';

const WORK = join(PROJECT_FOLDER, '.cache/bench-full');
const PAGE_FOLDER = join(WORK, 'page');
/** A browser compiles WASM once more while it runs, function by function. */
const WARM_UP_ROUNDS = 5;
export const DETECTOR = join(WORK, 'detector.bin');
export const RANDOM_LXMERT = join(WORK, 'lxmert.zip.bin');

export interface FullBenchOptions {
  readonly rounds: number;
  readonly precision: string;
  /** A checkpoint of the published layout; random weights where there is none. */
  readonly lxmert: string | undefined;
  readonly json: boolean;
  readonly say: (text: string) => void;
}

export async function benchFull({ rounds, precision, lxmert, json, say }: FullBenchOptions): Promise<void> {
  await makeRandomWeights(say);
  const weights = lxmert ?? RANDOM_LXMERT;
  const packFolder = join(WORK, precision);
  say('Converting …');
  const converted = ['--recipe', 'lxmert-vqa', '--precision', precision, '--out', packFolder];
  const files = ['--lxmert', weights, '--detector', DETECTOR];
  await promisify(execFile)('npm', ['run', '--silent', 'convert', '--', ...converted, ...files], {
    cwd: PROJECT_FOLDER,
  });
  await build({
    configFile: false,
    root: import.meta.dirname,
    base: './',
    logLevel: 'warn',
    build: { outDir: PAGE_FOLDER, emptyOutDir: true, target: 'es2023' },
  });
  say('Loading …');
  const server = await serveStatic({
    isolated: true,
    mounts: [
      { path: '/', folder: PAGE_FOLDER },
      { path: '/pack/', folder: packFolder },
    ],
  });
  const browser = await chromium.launch(launchWith());
  const page = await browser.newPage();
  await page.goto(server.url);
  const threads = await page.evaluate((packUrl) => globalThis.fullBench.load(packUrl), `${server.url}pack/`);
  const pack = parsePackText(await readFile(join(packFolder, 'pack.json'), 'utf8'));
  const native = await openLxmert(nativeRuntime(threads), pack, (path) => readFile(join(packFolder, path)));
  const torch = startTorch(weights, threads);

  const measured: FullRound[] = [];
  const compared: { readonly found: readonly number[]; readonly expected: TorchAnswer }[] = [];
  for (let round = 1 - WARM_UP_ROUNDS; round <= rounds; round += 1) {
    say(round < 1 ? 'Warming up …' : `Round ${round} of ${rounds} …`);
    for (const tokens of TOKEN_COUNTS) {
      const inPage = await askInPage(page, tokens);
      const inNative = await native.ask(tokens);
      const inTorch = await torch.ask(tokens);
      if (round === 0) compared.push({ found: inPage.logits, expected: inTorch });
      if (round < 1) continue;
      measured.push({
        tokens,
        wasm: inPage.ms,
        native: inNative.ms,
        torchWhole: inTorch.wholeMs,
        torchFurther: inTorch.furtherMs,
      });
    }
  }
  torch.close();
  await browser.close();
  await server.close();
  const cpu = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`;
  const origin = lxmert === undefined ? 'random weights' : lxmert;
  printFullReport(
    { precision, cpu, threads, weights: origin, rounds: measured, loss: lossOf(compared) },
    json,
  );
}

function askInPage(page: Page, tokens: number) {
  return page.evaluate((count) => globalThis.fullBench.ask(count), tokens);
}

/** Made once and kept; the detector only makes the pack whole. */
export async function makeRandomWeights(say: (text: string) => void): Promise<void> {
  const isThere = await access(DETECTOR).then(
    () => true,
    () => false,
  );
  if (isThere) return;
  say('Making random weights …');
  await runPython('models.published.random_checkpoints', ['--out', WORK]);
}

function best(logits: readonly number[]): number {
  return logits.indexOf(Math.max(...logits));
}

function lossOf(compared: readonly { found: readonly number[]; expected: TorchAnswer }[]): Loss {
  const differences = compared.flatMap(({ found, expected }) =>
    expected.logits.map((logit, index) => Math.abs(logit - (found[index] ?? Number.NaN))),
  );
  const logits = compared.flatMap(({ expected }) => expected.logits);
  const mean = logits.reduce((sum, logit) => sum + logit, 0) / logits.length;
  const variance = logits.reduce((sum, logit) => sum + (logit - mean) ** 2, 0) / logits.length;
  return {
    largest: differences.reduce((most, one) => Math.max(most, one), 0),
    spread: Math.sqrt(variance),
    sameBest: compared.filter(({ found, expected }) => best(found) === best(expected.logits)).length,
    questions: compared.length,
  };
}
