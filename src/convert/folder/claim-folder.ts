/** Which folders a pack may be made in: new ones, and those in which one was begun or made before. */
import { VqaError } from '../../core/errors.ts';
import { parsePackText } from '../../core/pack/parse-pack.ts';
import { MADE_HERE } from '../assemble-pack.ts';
import { readText, writeFile, type Folder } from './folder.ts';
import { JOURNAL_FILE } from './journal.ts';

/**
 * Marks the folder as begun.
 * @param beside the part of the folder where downloads are kept
 * @throws VqaError `storage-refused` naming a file that was not made here; nothing is touched then
 */
export async function claimFolder(folder: Folder, beside: string): Promise<void> {
  const files = (await folder.list()).map(({ path }) => path);
  if (files.includes(JOURNAL_FILE)) return;
  const own = await filesOfMadePack(folder);
  const stranger = files.find((path) => !own.has(path) && !path.startsWith(`${beside}/`));
  if (stranger !== undefined) {
    throw new VqaError(
      'storage-refused',
      `The folder has ${stranger} in it, which was not made here. Name a new or an empty folder.`,
    );
  }
  await writeFile(folder, JOURNAL_FILE, new TextEncoder().encode('{}'));
}

/** None where there is no pack, one that cannot be read, or one that came from elsewhere. */
async function filesOfMadePack(folder: Folder): Promise<ReadonlySet<string>> {
  const text = await readText(folder, 'pack.json');
  try {
    const pack = text === null ? null : parsePackText(text);
    const isOurs = pack?.provenance.summary.startsWith(MADE_HERE) === true;
    return new Set(isOurs ? ['pack.json', ...pack.files.map(({ path }) => path)] : []);
  } catch {
    return new Set();
  }
}
