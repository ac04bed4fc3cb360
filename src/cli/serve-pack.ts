/** A pack of somebody's own, beside the page. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelPack } from '../core/pack/pack.ts';
import { parsePackText, sentFile } from '../core/pack/parse-pack.ts';
import { UsageError } from './command.ts';
import type { Mount } from './serve-static.ts';

const PACK_JSON = 'pack.json';

/**
 * Its own files alone, for the page of this server alone.
 * @throws UsageError for a folder that is no pack, or not a whole one
 */
export async function packMount(path: string, folder: string): Promise<Mount> {
  await checkPack(folder);
  return { path, folder, files: (file) => isOfPack(folder, file), isPublic: false };
}

async function checkPack(folder: string): Promise<void> {
  const refuse = (what: string) => new UsageError(`--pack is ${folder}, ${what}`);
  const found = await stat(folder).catch(() => null);
  if (found === null) throw refuse('which is not there');
  if (!found.isDirectory()) throw refuse('must be a folder');
  if ((await stat(join(folder, PACK_JSON)).catch(() => null)) === null)
    throw refuse(`which has no ${PACK_JSON}`);
  const pack = await readPack(folder).catch((thrown: unknown) => {
    throw refuse(`which is no model pack: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  });
  for (const { path, bytes } of pack.files) {
    const file = await stat(join(folder, path)).catch(() => null);
    if (file === null) throw refuse(`which lacks ${path}`);
    if (file.size !== bytes) throw refuse(`whose ${path} has ${file.size} bytes, must have ${bytes}`);
  }
}

/** Read anew each time: the pack may be made again while it is served. */
async function readPack(folder: string): Promise<ModelPack> {
  return parsePackText(await readFile(join(folder, PACK_JSON), 'utf8'));
}

async function isOfPack(folder: string, file: string): Promise<boolean> {
  if (file === PACK_JSON) return true;
  try {
    return (await readPack(folder)).files.some(
      (listed) => listed.path === file || sentFile(listed).path === file,
    );
  } catch {
    return false;
  }
}
