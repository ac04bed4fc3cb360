/** A pack in a folder, given as a `file://` URL: read whole, checked by hash, never copied anywhere. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { VqaError } from '../core/errors.ts';
import type { PackFile } from '../core/pack/pack.ts';
import { filesToLoad, packFile, parsePackText } from '../core/pack/parse-pack.ts';
import type { PackStore } from '../engine/pack/pack-store.ts';

export const folderPackStore: PackStore = {
  async fetch(packUrl, { signal, onProgress }) {
    const pack = parsePackText((await read(new URL('pack.json', packUrl))).toString('utf8'));
    const files = new Map<string, Uint8Array<ArrayBuffer>>();
    let loadedBytes = 0;
    const readChecked = async (file: PackFile): Promise<Uint8Array<ArrayBuffer>> =>
      check(file, await read(new URL(file.path, packUrl)));
    // Weights beside a graph are read when it is opened, and let go when the runtime has its own copy.
    const weights = new Set(Object.values(pack.externalData ?? {}).flat());
    const kept = filesToLoad(pack).filter(({ path }) => !weights.has(path));
    const totalBytes = kept.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const file of kept) {
      signal?.throwIfAborted();
      files.set(file.path, await readChecked(file));
      loadedBytes += file.bytes;
      onProgress?.({ stage: 'download', loadedBytes, totalBytes, cachedBytes: loadedBytes });
    }
    return {
      pack,
      files,
      storage: 'memory',
      fetchLater: (path) => readChecked(packFile(pack, path)),
    };
  },
  inspect: () => Promise.resolve({ status: 'refused' }),
  clear: () => Promise.resolve(),
};

async function read(url: URL): Promise<Buffer> {
  return await readFile(url).catch((thrown: unknown) => {
    throw new VqaError('pack-missing', `${url.pathname} cannot be read.`, { cause: thrown });
  });
}

function check({ path, bytes, sha256 }: PackFile, content: Buffer): Uint8Array<ArrayBuffer> {
  const hash = createHash('sha256').update(content).digest('hex');
  if (content.length !== bytes || hash !== sha256) {
    throw new VqaError(
      'pack-corrupted',
      `${path} has ${content.length} bytes and SHA-256 ${hash.slice(0, 12)}…, must have ${bytes} and ${sha256.slice(0, 12)}….`,
    );
  }
  return new Uint8Array(content);
}
