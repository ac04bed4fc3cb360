/** Builds the package that programs install: each file of the SDK as JavaScript with its types, in `dist/sdk`. */
import { spawnSync } from 'node:child_process';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { BUILD_FOLDER, PROJECT_FOLDER } from './build-when-stale.ts';

const SDK_FOLDER = join(BUILD_FOLDER, 'sdk');

/** Pages and workers are checked against different libraries; what both use comes out alike. */
const PROJECTS = ['src/tsconfig.sdk.json', 'src/tsconfig.sdk-worker.json'];

/** The compiler names the built files in imports, but not in addresses of workers nor in declarations. */
const SOURCE_NAME = /(?<path>'\.{1,2}\/[^'\n]+)\.ts'/gu;

const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');

await rm(SDK_FOLDER, { recursive: true, force: true });
for (const project of PROJECTS) {
  const { status } = spawnSync(process.execPath, [compiler, '--project', join(PROJECT_FOLDER, project)], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`${project} does not compile`);
}
for (const entry of await readdir(SDK_FOLDER, { recursive: true })) {
  if (!entry.endsWith('.js') && !entry.endsWith('.d.ts')) continue;
  const file = join(SDK_FOLDER, entry);
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replaceAll(SOURCE_NAME, "$<path>.js'"));
}
