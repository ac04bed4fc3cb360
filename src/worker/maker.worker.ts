/** The worker that makes packs: a folder of the browser's private file system, and a port. */
import { createPackMaker } from '../convert/create-pack-maker.ts';
import { opfsFolder } from '../convert/opfs-folder.ts';
import { VqaError } from '../core/errors.ts';
import { serveMaker } from './serve-maker.ts';

serveMaker(async (settings) => {
  const root = await navigator.storage.getDirectory().catch((thrown: unknown) => {
    throw new VqaError('storage-refused', 'This browser keeps no files for this page.', { cause: thrown });
  });
  return createPackMaker({
    ...settings,
    root: opfsFolder(root),
    fetch: (input, init) => fetch(input, init),
    async freeBytes() {
      const { quota, usage } = await navigator.storage.estimate();
      return quota === undefined ? null : quota - (usage ?? 0);
    },
  });
}, globalThis);
