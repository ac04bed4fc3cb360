/** The page's engine against transformers and a PyTorch detector, by the command's own arithmetic, at a small size. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bytesSource } from '../../checkpoint/byte-source.ts';
import { readNpz } from '../../checkpoint/read-npz.ts';
import type { Precision } from '../../core/published.ts';
import { proveReference } from '../prove-reference.ts';
import { makeSmallLxmert } from '../testing/small-lxmert.ts';

const REFERENCE = resolve(import.meta.dirname, '../../../models/fixtures/published/reference');
const MAKING_TIMEOUT_MS = 120_000;

const folder = mkdtempSync(join(tmpdir(), 'proof-'));

beforeAll(async () => {
  await makePack('fp32');
  await makePack('int8');
}, MAKING_TIMEOUT_MS);

afterAll(() => rmSync(folder, { recursive: true }));

async function makePack(precision: Precision): Promise<void> {
  const { files } = await makeSmallLxmert({ precision, weights: 'pytorch_model.zip.bin' });
  for (const [path, content] of files) {
    const file = join(folder, precision, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

it('finds the same regions, answers and attention in single precision', async () => {
  const { photos, questions } = await proveReference(REFERENCE, join(folder, 'fp32'), 1);
  expect(photos.map(({ regions, inPlace, agrees }) => [regions, inPlace, agrees])).toEqual([[36, 36, true]]);
  expect(questions.map(({ question }) => question)).toEqual([
    'What is on the left of the dogs?',
    'is it red',
  ]);
  for (const question of questions) {
    expect(question).toMatchObject({ hasSameTokens: true, hasSameBest: true, agrees: true });
    expect(question.logits).toBeLessThan(1e-4);
    expect(question.attention).toBeLessThan(1e-4);
  }
});

it('says what bytes lose', async () => {
  const { questions } = await proveReference(REFERENCE, join(folder, 'int8'), 1);
  for (const { logits, agrees } of questions) {
    expect(logits).toBeGreaterThan(1e-3);
    expect(agrees).toBe(false);
  }
});

it('takes no other question for the one that was answered', async () => {
  const changed = join(folder, 'changed');
  cpSync(REFERENCE, changed, { recursive: true });
  const file = join(changed, 'reference.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace('is it red', 'is it left'));
  const { questions } = await proveReference(changed, join(folder, 'fp32'), 1);
  expect(questions.map(({ hasSameTokens, agrees }) => [hasSameTokens, agrees])).toEqual([
    [true, true],
    [false, false],
  ]);
});

it('names the array that a reference lacks', async () => {
  const changed = join(folder, 'lacking');
  cpSync(REFERENCE, changed, { recursive: true });
  cpSync(join(changed, 'tall.npz'), join(changed, 'tall-0.npz'));
  await expect(proveReference(changed, join(folder, 'fp32'), 1)).rejects.toThrow(
    'tall-0.npz has no array token_ids',
  );
});

it('reads arrays of NumPy, and refuses what is none', async () => {
  const content = new Uint8Array(readFileSync(join(REFERENCE, 'tall.npz')));
  const arrays = await readNpz(bytesSource('tall.npz', content));
  expect([...arrays].map(([name, { dims }]) => [name, dims])).toEqual([
    ['boxes', [36, 4]],
    ['labels', [36]],
    ['features', [36, 64]],
  ]);
  const columns = Buffer.from(content)
    .toString('latin1')
    .replace("'fortran_order': False", "'fortran_order': True ");
  const source = bytesSource('columns.npz', new Uint8Array(Buffer.from(columns, 'latin1')));
  await expect(readNpz(source)).rejects.toThrow('columns.npz: boxes.npy is no row-major array of numbers.');
});
