/** A folder in memory with a quota, for tests. */
import { bytesSource } from '../../checkpoint/byte-source.ts';
import { VqaError } from '../../core/errors.ts';
import type { Folder } from './folder.ts';

export interface MemoryFolder extends Folder {
  readonly files: Map<string, Uint8Array<ArrayBuffer>>;
  /** The most bytes that were asked of a file at once. */
  largestRead: number;
}

export function createMemoryFolder(quotaBytes = Infinity): MemoryFolder {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const open = new Set<string>();
  const used = () => [...files.values()].reduce((sum, { length }) => sum + length, 0);
  const folder: MemoryFolder = {
    files,
    largestRead: 0,
    size: (path) => Promise.resolve(files.get(path)?.length ?? null),
    append(path, from) {
      if (open.has(path)) return Promise.reject(new Error(`${path} is open`));
      open.add(path);
      let content = (files.get(path) ?? new Uint8Array(0)).slice(0, from);
      files.set(path, content);
      return Promise.resolve({
        write(bytes) {
          if (used() + bytes.length > quotaBytes) {
            return Promise.reject(new VqaError('storage-full', `There is no room for more of ${path}.`));
          }
          const longer = new Uint8Array(content.length + bytes.length);
          longer.set(content);
          longer.set(bytes, content.length);
          content = longer;
          files.set(path, content);
          return Promise.resolve();
        },
        close() {
          open.delete(path);
          return Promise.resolve();
        },
      });
    },
    open(path) {
      const content = files.get(path);
      if (content === undefined) {
        return Promise.reject(new VqaError('checkpoint-interrupted', `${path} is not there.`));
      }
      const source = bytesSource(path, content);
      return Promise.resolve({
        ...source,
        read(offset, length) {
          folder.largestRead = Math.max(folder.largestRead, length);
          return source.read(offset, length);
        },
      });
    },
    remove(path) {
      for (const name of files.keys()) if (name === path || name.startsWith(`${path}/`)) files.delete(name);
      return Promise.resolve();
    },
    list: () => Promise.resolve([...files].map(([path, { length }]) => ({ path, bytes: length }))),
  };
  return folder;
}
