/** Packs that were made on this machine: read from the browser's private file system, a file at a time. */
import { VqaError } from '../../core/errors.ts';
import type { PackFile } from '../../core/pack/pack.ts';
import { filesToLoad, packFile, parsePackText } from '../../core/pack/parse-pack.ts';
import { MADE_PACKS, madePackFolder } from '../../core/published.ts';
import type { PackStore } from './pack-store.ts';
import { sha256Hex } from './sha256.ts';

/** Opens the root of the file system; rejects where the browser has none. */
export type OpenRoot = () => Promise<FileSystemDirectoryHandle>;

/** Graphs and weights are not held beside the runtime's own copy: they are read again when they are opened. */
export function createMadePackStore(openRoot: OpenRoot): Pick<PackStore, 'fetch'> {
  return {
    async fetch(packUrl, { signal, onProgress }) {
      const folder = await openFolder(openRoot, packUrl);
      const pack = parsePackText(await (await fileIn(folder, 'pack.json')).text());
      const read = async (path: string): Promise<Uint8Array<ArrayBuffer>> =>
        await checked(packFile(pack, path), await fileIn(folder, path));
      const files = new Map<string, Uint8Array<ArrayBuffer>>();
      const kept = filesToLoad(pack).filter(({ path }) => path.endsWith('.json'));
      const totalBytes = kept.reduce((sum, { bytes }) => sum + bytes, 0);
      for (const { path } of kept) {
        signal?.throwIfAborted();
        files.set(path, await read(path));
      }
      onProgress?.({ stage: 'download', loadedBytes: totalBytes, totalBytes, cachedBytes: totalBytes });
      return { pack, files, storage: 'stored', fetchLater: read };
    },
  };
}

async function openFolder(openRoot: OpenRoot, packUrl: string): Promise<FileSystemDirectoryHandle> {
  try {
    const packs = await (await openRoot()).getDirectoryHandle(MADE_PACKS);
    return await packs.getDirectoryHandle(madePackFolder(packUrl) ?? '');
  } catch (thrown) {
    throw new VqaError('pack-missing', `${packUrl} is no longer stored on this device.`, { cause: thrown });
  }
}

async function fileIn(folder: FileSystemDirectoryHandle, path: string): Promise<File> {
  try {
    return await (await folder.getFileHandle(path)).getFile();
  } catch (thrown) {
    throw new VqaError('pack-missing', `${path} is no longer stored on this device.`, { cause: thrown });
  }
}

async function checked({ path, bytes, sha256 }: PackFile, file: File): Promise<Uint8Array<ArrayBuffer>> {
  const content = new Uint8Array(await file.arrayBuffer());
  if (content.length !== bytes || (await sha256Hex(content)) !== sha256) {
    throw new VqaError(
      'pack-corrupted',
      `${path} is not as it was written: delete this pack and make it again.`,
    );
  }
  return content;
}
