import { expect, test } from 'vitest';
import { claimFolder } from './claim-folder.ts';
import { writeFile } from './folder.ts';
import { JOURNAL_FILE } from './journal.ts';
import { createMemoryFolder } from './memory-folder.ts';

const BYTES = new TextEncoder().encode('{}');

test.each([['thesis.docx'], ['pack.json'], ['lxmert-cross.onnx'], ['photos/cat.jpg'], ['.git/HEAD']])(
  'a folder with %s in it is refused, and stays as it is',
  async (path) => {
    const folder = createMemoryFolder();
    await writeFile(folder, path, BYTES);
    await expect(claimFolder(folder, '.downloads')).rejects.toMatchObject({
      code: 'storage-refused',
      message: expect.stringContaining(path),
    });
    expect((await folder.list()).map((file) => file.path)).toEqual([path]);
  },
);

test('an empty one is claimed, and may be gone on with', async () => {
  const folder = createMemoryFolder();
  await claimFolder(folder, '.downloads');
  expect(await folder.size(JOURNAL_FILE)).not.toBeNull();
  await writeFile(folder, 'half-a-graph.onnx', BYTES);
  await claimFolder(folder, '.downloads');
});

test('kept downloads alone are no strangers', async () => {
  const folder = createMemoryFolder();
  await writeFile(folder, '.downloads/weights.pth', BYTES);
  await claimFolder(folder, '.downloads');
});
