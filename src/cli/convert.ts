/** `npm run convert`: a pack from published weights, or from one's own. */
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { ByteSource } from '../checkpoint/byte-source.ts';
import { isIndexName, shardNames } from '../checkpoint/open-shards.ts';
import {
  makePack,
  type GivenFile,
  type GivenUrls,
  type MakePackEnvironment,
  type MakePackParams,
} from '../convert/make-pack.ts';
import { claimFolder } from '../convert/folder/claim-folder.ts';
import { loadRecipe } from '../convert/recipe/parse-recipe.ts';
import { webAddress } from '../convert/download/source-addresses.ts';
import { VqaError } from '../core/errors.ts';
import {
  DEFAULT_HUB,
  MEASURED_PHOTO,
  PRECISIONS,
  type MakeProgress,
  type Precision,
} from '../core/published.ts';
import { openNodeRuntime } from '../engine/runtime/open-node-runtime.ts';
import { parsePackText } from '../core/pack/parse-pack.ts';
import { NOT_MEASURED, precisionSentences } from '../core/pack/precision-measures.ts';
import { measurePrecision } from '../engine/pack/measure-precision.ts';
import { recordGoldenCase } from '../engine/pack/record-golden-case.ts';
import { readPixelsNode } from '../node/read-pixels-node.ts';
import { runCommand, UsageError, usageOf } from './command.ts';
import { diskFolder, diskSource } from '../node/disk-folder.ts';
import { createProgressBar } from './progress-bar.ts';

const USAGE = `npm run convert -- --out DIR [--recipe ID|FILE] [--lxmert FILE|URL] [--detector FILE|URL] [--precision int8|fp16|fp32]
                   [--exact-detector] [--config FILE] [--answers FILE] [--vocabulary FILE] [--hub URL] [--keep-downloads]

Makes a pack from published weights: those that the recipe names, or files and addresses of your own.
  --recipe ID         lxmert-vqa (default), lxmert-gqa or lxmert-base; or the path of a recipe.json
  --precision         int8 (default, for WASM), fp16 (for WebGPU), fp32
  --exact-detector    the detector in fp32 beside an LXMERT in fewer bits: the regions are those of the original
  --config, --answers, --vocabulary
                      config.json, list of answers and vocab.txt of an LXMERT that you fine-tuned
  --lxmert, --detector
                      a file, the index of its shards (*.index.json), or an address; several addresses of the same
                      file are tried in turn
  --hub URL           where the published weights lie (default ${DEFAULT_HUB}); several are tried in turn
  --keep-downloads    leaves the weights in DIR/.downloads

DIR is new, empty, or one in which a pack was begun or made before; anything else is left alone.`;

const OPTIONS = {
  out: { type: 'string' },
  recipe: { type: 'string', default: 'lxmert-vqa' },
  lxmert: { type: 'string', multiple: true },
  detector: { type: 'string', multiple: true },
  precision: { type: 'string', default: 'int8' },
  'exact-detector': { type: 'boolean', default: false },
  config: { type: 'string' },
  answers: { type: 'string' },
  vocabulary: { type: 'string' },
  hub: { type: 'string', multiple: true },
  'keep-downloads': { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const PUBLISHED_FOLDER = resolve(import.meta.dirname, '../../public/published');
const SAMPLES = resolve(import.meta.dirname, '../../public/samples');
const DOWNLOADS = '.downloads';
/** Of the runtime, which records the pack's self-test. */
const THREADS = 2;

await runCommand(USAGE, async () => {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) {
    console.log(usageOf(USAGE));
    return;
  }
  if (values.out === undefined) throw new UsageError('--out is missing');
  const precision = precisionOf(values.precision);
  const startedMs = performance.now();
  const recipe = await loadRecipe(recipeUrl(values.recipe), readShipped);
  const texts: MakePackParams['texts'] = {
    ...(values.config !== undefined && { configuration: await readFile(values.config, 'utf8') }),
    ...(values.answers !== undefined && { answers: await readFile(values.answers, 'utf8') }),
    ...(values.vocabulary !== undefined && { vocabulary: await readFile(values.vocabulary, 'utf8') }),
  };
  const weights = {
    ...(values.lxmert !== undefined && { lxmert: await givenWeights('--lxmert', values.lxmert) }),
    ...(values.detector !== undefined && { detector: await givenWeights('--detector', values.detector) }),
  };
  const folder = diskFolder(resolve(values.out));
  await claimFolder(folder, DOWNLOADS);
  const downloads = diskFolder(join(resolve(values.out), DOWNLOADS));
  const environment: MakePackEnvironment = {
    read: readShipped,
    fetch,
    hubUrls: values.hub ?? [DEFAULT_HUB],
    downloads,
    // They stay with --keep-downloads.
    records: downloads,
    folder,
    recordGolden: (pack, read, signal) => recordGoldenCase(openNodeRuntime(THREADS), pack, read, signal),
    async measure(parts, signal) {
      const photo = new Blob([await readFile(join(SAMPLES, MEASURED_PHOTO))]);
      const { pixels } = await readPixelsNode(photo, signal);
      return await measurePrecision(openNodeRuntime(THREADS), parts, pixels, signal);
    },
  };
  const shown = showProgress();
  try {
    const exactDetector = values['exact-detector'] && precision !== 'fp32';
    await makePack({ recipe, precision, exactDetector, weights, texts }, environment, {
      signal: interruptSignal(),
      onProgress: shown.show,
    });
  } finally {
    shown.end();
  }
  if (!values['keep-downloads']) await folder.remove(DOWNLOADS);
  const bytes = (await folder.list()).reduce((sum, file) => sum + file.bytes, 0);
  const seconds = (performance.now() - startedMs) / 1000;
  const peakMb = process.resourceUsage().maxRSS / 1024;
  console.log(
    `${recipe.lxmert.name} as ${precision} is in ${values.out}: ${(bytes / 1e6).toFixed(1)} MB, made in ${seconds.toFixed(1)} s with ${peakMb.toFixed(0)} MB of memory at most.
npm run ask -- --pack ${values.out} PHOTO "QUESTION"`,
  );
  if (precision !== 'fp32') {
    const { precision: measured } = parsePackText(await readFile(join(values.out, 'pack.json'), 'utf8'));
    for (const sentence of measured ? precisionSentences(measured, precision) : [NOT_MEASURED]) {
      console.log(sentence);
    }
  }
});

function precisionOf(text: string): Precision {
  const found = PRECISIONS.find((precision) => precision === text);
  if (found === undefined) throw new UsageError(`--precision is ${text}, must be ${PRECISIONS.join(', ')}`);
  return found;
}

/** A name among the recipes that ship, or a file. */
function recipeUrl(text: string): string {
  const isName = /^[\w-]+$/u.test(text);
  return pathToFileURL(isName ? join(PUBLISHED_FOLDER, text, 'recipe.json') : resolve(text)).href;
}

async function readShipped(url: string): Promise<Uint8Array<ArrayBuffer>> {
  if (url.startsWith('file:')) {
    return new Uint8Array(
      await readFile(new URL(url)).catch((thrown: unknown) => {
        throw new VqaError('pack-missing', `${new URL(url).pathname} cannot be read.`, { cause: thrown });
      }),
    );
  }
  const response = await fetch(url).catch((thrown: unknown) => {
    throw new VqaError('checkpoint-interrupted', `${new URL(url).host} did not answer.`, { cause: thrown });
  });
  if (!response.ok)
    throw new VqaError('checkpoint-missing', `${url} is not there: the server said ${response.status}.`);
  return new Uint8Array(await response.arrayBuffer());
}

async function givenWeights(option: string, given: readonly string[]): Promise<GivenFile | GivenUrls> {
  if (given.every((text) => /^https?:/u.test(text))) return { kind: 'urls', urls: given.map(webAddress) };
  if (given.some((text) => /^https?:/u.test(text))) {
    throw new UsageError(`${option} takes files or addresses, not both`);
  }
  const paths = given.map((text) => resolve(text));
  const indices = paths.filter(isIndexName);
  for (const index of indices) paths.push(...(await shardsBeside(index)));
  const sources: ByteSource[] = [];
  const identities: string[] = [];
  for (const path of new Set(paths)) {
    const source = await diskSource(path);
    const { mtimeMs } = await stat(path);
    sources.push(source);
    identities.push(`${dirname(path)} ${source.name} ${source.size} ${mtimeMs}`);
  }
  return { kind: 'file', sources, identity: identities.join('; ') };
}

/** The files of weights that an index names, in the index's own folder. */
async function shardsBeside(index: string): Promise<readonly string[]> {
  const names = shardNames(await readFile(index, 'utf8'), basename(index));
  return names.map((name) => join(dirname(index), basename(name)));
}

/** Ctrl+C stops between two slices, so that what is made can be gone on with. */
function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort());
  return controller.signal;
}

/** A bar per total, for a total grows when a server tells the length of its file. */
function showProgress(): { readonly show: (progress: MakeProgress) => void; readonly end: () => void } {
  const MEGABYTE = 1e6;
  let bar: ReturnType<typeof createProgressBar> | null = null;
  let total = -1;
  let done = 0;
  return {
    show({ stage, subject, doneBytes, totalBytes }) {
      if (bar === null || totalBytes !== total) {
        bar?.end();
        bar = createProgressBar(Math.round(totalBytes / MEGABYTE));
        total = totalBytes;
        done = 0;
      }
      const megabytes = Math.round(doneBytes / MEGABYTE);
      bar.advance(megabytes - done, `MB  ${stage} ${subject}`);
      done = megabytes;
    },
    end: () => bar?.end(),
  };
}
