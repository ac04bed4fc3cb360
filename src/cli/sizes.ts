/** `npm run sizes`: what each way of embedding makes a visitor fetch. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bytesToLoad, parsePackText } from '../core/pack/parse-pack.ts';
import { BUILD_FOLDER, buildWhenStale } from '../build/build-when-stale.ts';
import { runCommand } from './command.ts';

const USAGE = 'npm run sizes';

/** Parts of the built site, by the names that people give them. */
const PARTS: readonly (readonly [string, RegExp])[] = [
  ['element', /^embed\/in-page-vqa\.js$/u],
  ['its worker', /^embed\/answering-[^/]+\.js$/u],
  ['the tokenizer’s library', /^embed\/encode-question-[^/]+\.js$/u],
  ['runtime, WASM', /^embed\/ort-wasm-simd-threaded-[^/]+\.wasm$/u],
  ['runtime, WebGPU', /^embed\/ort-wasm-simd-threaded\.asyncify-[^/]+\.wasm$/u],
  ['the page’s script', /^assets\/page-[^/]+\.js$/u],
  ['a sample’s recording', /^samples\/[^/]+\.recording\.json$/u],
];

/** What an element fetches for a first answer, beside the libraries that run the models, the models and the photo. */
const FIRST_ANSWER = /^embed\/(?:in-page-vqa|(?:engine\.worker|answering|rolldown-runtime)-[^/]+)\.js$/u;

await runCommand(USAGE, async () => {
  await buildWhenStale();
  const files = await readdir(BUILD_FOLDER, { recursive: true });
  const paths = files.map((file) => file.replaceAll('\\', '/'));
  console.log(line('', 'bytes', 'gzipped'));
  const readAll = (pattern: RegExp) =>
    Promise.all(paths.filter((path) => pattern.test(path)).map((path) => readFile(join(BUILD_FOLDER, path))));
  const first = await readAll(FIRST_ANSWER);
  const [bytes, gzipped] = [total(first), total(first.map((content) => gzipSync(content)))];
  console.log(line('to a first answer', String(bytes), String(gzipped)));
  for (const [name, pattern] of PARTS) {
    const largest = (await readAll(pattern)).toSorted((a, b) => b.length - a.length)[0];
    if (!largest) throw new Error(`the build has no ${name}`);
    console.log(line(name, String(largest.length), String(gzipSync(largest).length)));
  }
  for (const id of await readdir(join(BUILD_FOLDER, 'packs'))) {
    const pack = parsePackText(await readFile(join(BUILD_FOLDER, 'packs', id, 'pack.json'), 'utf8'));
    console.log(line(`models, ${id}`, String(bytesToLoad(pack)), ''));
  }
});

function total(contents: readonly Buffer[]): number {
  return contents.reduce((sum, { length }) => sum + length, 0);
}

function line(name: string, bytes: string, gzipped: string): string {
  return `${name.padEnd(24)}${bytes.padStart(12)}${gzipped.padStart(12)}`.trimEnd();
}
