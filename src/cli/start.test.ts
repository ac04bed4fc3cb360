// @vitest-environment node
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { portNumber } from './options.ts';
import { packMount } from './serve-pack.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const TINY = join(ROOT, 'models/fixtures/tiny-pack');
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'start-'));
  await writeFile(join(folder, 'file'), '');
  await cp(TINY, join(folder, 'cut'), { recursive: true });
  await writeFile(join(folder, 'cut/roi-head.onnx'), 'cut');
  await cp(TINY, join(folder, 'lacking'), { recursive: true });
  await rm(join(folder, 'lacking/roi-head.onnx'));
  await mkdir(join(folder, 'none'));
  await cp(TINY, join(folder, 'whole'), { recursive: true });
  await cp(TINY, join(folder, 'broken'), { recursive: true });
  await writeFile(join(folder, 'broken/pack.json'), '{');
});

afterAll(() => rm(folder, { recursive: true }));

test.each([
  ['nowhere', ', which is not there'],
  ['file', ', must be a folder'],
  ['none', ', which has no pack.json'],
  ['broken', ', which is no model pack: '],
  ['lacking', ', which lacks roi-head.onnx'],
  ['cut', ', whose roi-head.onnx has 3 bytes, must have '],
])('the pack %s is refused with a sentence', async (name, sentence) => {
  const mount = packMount('/pack/', join(folder, name));
  await expect(mount).rejects.toThrow(`--pack is ${join(folder, name)}${sentence}`);
});

test('a whole pack gives its own files, and nothing that lies beside them', async () => {
  const { files, isPublic } = await packMount('/pack/', join(folder, 'whole'));
  await writeFile(join(folder, 'whole/notes.txt'), 'private');
  const given = await Promise.all(
    ['pack.json', 'roi-head.onnx', 'notes.txt', ''].map(async (file) => await files?.(file)),
  );
  expect(given).toEqual([true, true, false, false]);
  expect(isPublic).toBe(false);
});

test.each(['many', '65536', '', '0x50', '-1', '1.5'])('the port %j is refused with a sentence', (text) => {
  expect(() => portNumber('--port', text)).toThrow(
    `--port is “${text}”, must be a whole number from 0 to 65535`,
  );
});

test('npm start says what is wrong in a line, and how it is called', async () => {
  const started = promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', join(ROOT, 'src/cli/start.ts'), '--pack', join(folder, 'nowhere')],
    { cwd: ROOT },
  );
  const failure: unknown = await started.catch((thrown: unknown) => thrown);
  expect(failure).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(/^--pack is .*nowhere, which is not there\nnpm start -- /u),
  });
});
