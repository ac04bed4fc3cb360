/** A folder in the browser's private file system, from within a worker: only there can a file be gone on with. */
import { blobSource } from '../../checkpoint/byte-source.ts';
import { VqaError } from '../../core/errors.ts';
import { asStorageError, type Folder, type StoredFile } from './folder.ts';

/** @param root where the paths start */
export function opfsFolder(root: FileSystemDirectoryHandle): Folder {
  const parentOf = async (path: string, create: boolean): Promise<FileSystemDirectoryHandle | null> => {
    let folder = root;
    for (const name of path.split('/').slice(0, -1)) {
      const found = await folder.getDirectoryHandle(name, { create }).catch(nullWhenMissing);
      if (found === null) return null;
      folder = found;
    }
    return folder;
  };
  const fileAt = async (path: string): Promise<File | null> => {
    const parent = await parentOf(path, false);
    const handle = await parent?.getFileHandle(nameOf(path)).catch(nullWhenMissing);
    return (await handle?.getFile()) ?? null;
  };
  return {
    async size(path) {
      return (await fileAt(path))?.size ?? null;
    },

    async append(path, from) {
      const parent = await parentOf(path, true);
      if (parent === null) throw new VqaError('storage-full', `${path} cannot be written.`);
      const access = await openForWriting(parent, path);
      access.truncate(from);
      let position = from;
      return {
        write(bytes) {
          try {
            // Where a part fits, Chromium writes that, throws nothing, and returns an error as a huge number.
            const written = access.write(bytes, { at: position });
            if (written !== bytes.length) throw new DOMException('the disk is full', 'QuotaExceededError');
            position += written;
            return Promise.resolve();
          } catch (thrown) {
            access.truncate(position);
            return Promise.reject(asStorageError(thrown, path));
          }
        },
        close() {
          access.close();
          return Promise.resolve();
        },
      };
    },

    async open(path) {
      const file = await fileAt(path);
      if (file === null) throw new VqaError('checkpoint-interrupted', `${path} is no longer there.`);
      return blobSource(nameOf(path), file);
    },

    async remove(path) {
      const parent = await parentOf(path, false);
      await parent?.removeEntry(nameOf(path), { recursive: true }).catch(nullWhenMissing);
    },

    list: () => filesBelow(root, ''),
  };
}

async function openForWriting(
  parent: FileSystemDirectoryHandle,
  path: string,
): Promise<FileSystemSyncAccessHandle> {
  try {
    const handle = await parent.getFileHandle(nameOf(path), { create: true });
    return await handle.createSyncAccessHandle();
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'NoModificationAllowedError') {
      throw new VqaError('storage-busy', `Another tab is writing ${nameOf(path)}.`, { cause: thrown });
    }
    throw asStorageError(thrown, path);
  }
}

async function filesBelow(folder: FileSystemDirectoryHandle, prefix: string): Promise<StoredFile[]> {
  const files: StoredFile[] = [];
  for await (const [name, handle] of folder.entries()) {
    const path = prefix + name;
    if (handle instanceof FileSystemDirectoryHandle) files.push(...(await filesBelow(handle, `${path}/`)));
    else if (handle instanceof FileSystemFileHandle)
      files.push({ path, bytes: (await handle.getFile()).size });
  }
  return files;
}

function nameOf(path: string): string {
  return path.split('/').at(-1) ?? path;
}

function nullWhenMissing(thrown: unknown): null {
  if (thrown instanceof DOMException && thrown.name === 'NotFoundError') return null;
  throw thrown;
}
