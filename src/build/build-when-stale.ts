/** Builds the page when there is no build, or when something it is made from has changed since. */
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'vite';

export const PROJECT_FOLDER = resolve(import.meta.dirname, '../..');
export const BUILD_FOLDER = join(PROJECT_FOLDER, 'dist');

const SOURCES = ['index.html', 'package-lock.json', 'public', 'src', 'vite.config.ts'];

/** Milliseconds since the epoch; 0 for a path that does not exist. */
async function modifiedMs(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs;
  } catch {
    return 0;
  }
}

/** Folders count too: their time moves when a file in them comes or goes. */
async function newestMs(path: string): Promise<number> {
  const own = await modifiedMs(path);
  if (own === 0 || !(await stat(path)).isDirectory()) return own;
  const entries = await readdir(path, { recursive: true });
  const times = await Promise.all(entries.map((entry) => modifiedMs(join(path, entry))));
  return times.reduce((newest, time) => Math.max(newest, time), own);
}

/** Resolves with true when it had to build. */
export async function buildWhenStale(): Promise<boolean> {
  const [builtMs, ...sourcesMs] = await Promise.all([
    modifiedMs(join(BUILD_FOLDER, 'index.html')),
    ...SOURCES.map((source) => newestMs(join(PROJECT_FOLDER, source))),
  ]);
  if (builtMs > Math.max(...sourcesMs)) return false;
  await build({ root: PROJECT_FOLDER, logLevel: 'warn' });
  return true;
}
