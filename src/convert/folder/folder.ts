/** Where downloads and made packs are kept: the browser's private file system, or a folder on disk. */
import type { ByteSource } from '../../checkpoint/byte-source.ts';
import { VqaError } from '../../core/errors.ts';

/** An open file; nothing else may open it before it is closed. */
export interface FileWriter {
  /** @throws VqaError `storage-full` */
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  close(): Promise<void>;
}

export interface StoredFile {
  readonly path: string;
  readonly bytes: number;
}

/** Paths are relative and use `/`; the folders in them come into being by themselves. */
export interface Folder {
  /** Null where there is no such file. */
  size(path: string): Promise<number | null>;
  /** Opens a file for writing from byte `from` on; what lies behind it is cut off. */
  append(path: string, from: number): Promise<FileWriter>;
  /** @throws VqaError `checkpoint-interrupted` where there is no such file */
  open(path: string): Promise<ByteSource>;
  /** Removes a file, or a folder with all that is in it; one that is not there is fine. */
  remove(path: string): Promise<void>;
  /** Every file below, in no order. */
  list(): Promise<readonly StoredFile[]>;
}

export async function writeFile(
  folder: Folder,
  path: string,
  content: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const writer = await folder.append(path, 0);
  try {
    await writer.write(content);
  } finally {
    await writer.close();
  }
}

/** Null where there is no such file. */
export async function readText(folder: Folder, path: string): Promise<string | null> {
  if ((await folder.size(path)) === null) return null;
  const source = await folder.open(path);
  return new TextDecoder().decode(await source.read(0, source.size));
}

/** The part of a folder below a path. */
export function subfolder(folder: Folder, name: string): Folder {
  const prefix = `${name}/`;
  return {
    size: (path) => folder.size(prefix + path),
    append: (path, from) => folder.append(prefix + path, from),
    open: (path) => folder.open(prefix + path),
    remove: (path) => folder.remove(prefix + path),
    async list() {
      const files = await folder.list();
      return files
        .filter(({ path }) => path.startsWith(prefix))
        .map(({ path, bytes }) => ({ path: path.slice(prefix.length), bytes }));
    },
  };
}

/** What a disk or a browser says when there is no room, as one error of ours. */
export function asStorageError(thrown: unknown, path: string): unknown {
  const isFull =
    thrown instanceof Error &&
    (thrown.name === 'QuotaExceededError' || ('code' in thrown && thrown.code === 'ENOSPC'));
  return isFull
    ? new VqaError('storage-full', `There is no room for more of ${path}.`, { cause: thrown })
    : thrown;
}
