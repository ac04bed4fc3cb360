/** A folder on disk, for downloads and made packs. */
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { ByteSource } from '../checkpoint/byte-source.ts';
import { asStorageError, type Folder } from '../convert/folder/folder.ts';
import { VqaError } from '../core/errors.ts';

export function diskFolder(root: string): Folder {
  const place = (path: string): string => join(root, ...path.split('/'));
  return {
    async size(path) {
      return await stat(place(path)).then(
        ({ size }) => size,
        () => null,
      );
    },

    async append(path, from) {
      const file = place(path);
      try {
        await mkdir(dirname(file), { recursive: true });
        const handle = await open(file, from === 0 ? 'w' : 'r+');
        await handle.truncate(from);
        let position = from;
        return {
          async write(bytes) {
            try {
              await handle.write(bytes, 0, bytes.length, position);
            } catch (thrown) {
              throw asStorageError(thrown, path);
            }
            position += bytes.length;
          },
          close: () => handle.close(),
        };
      } catch (thrown) {
        throw asStorageError(thrown, path);
      }
    },

    open: (path) => diskSource(place(path)),
    remove: (path) => rm(place(path), { recursive: true, force: true }),

    async list() {
      const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
      const files = entries
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name));
      return await Promise.all(
        files.map(async (file) => ({
          path: relative(root, file).split(sep).join('/'),
          bytes: (await stat(file)).size,
        })),
      );
    },
  };
}

/** A file on disk, of which parts are read; it is opened for each, so that nothing has to be closed. */
export async function diskSource(file: string): Promise<ByteSource> {
  const size = await stat(file).then(
    (found) => (found.isFile() ? found.size : null),
    () => null,
  );
  if (size === null) throw new VqaError('checkpoint-missing', `${file} is no file that can be read.`);
  return {
    name: file.split(sep).at(-1) ?? file,
    size,
    async read(offset, length) {
      const handle = await open(file, 'r');
      try {
        const bytes = new Uint8Array(length);
        const { bytesRead } = await handle.read(bytes, 0, length, offset);
        return bytes.subarray(0, bytesRead);
      } finally {
        await handle.close();
      }
    },
  };
}
