import { expect, it } from 'vitest';
import { fakePrediction, fakeScene } from '../../core/engine-fake-results.ts';
import { fakeExplanation } from '../../core/explanation-fake.ts';
import { npyBytes } from './npy.ts';
import { npzOf, runArrays, type RunToKeep } from './run-arrays.ts';
import { crc32 } from './zip-files.ts';

/** Read with NumPy by `models/tests/test_read_run.py`; written anew by `npx vitest run FILE -u` for this file. */
const FIXTURE = '../../../models/fixtures/run.npz.base64';

const QUESTION = 'What naïve 🐕 is it?';

const run: RunToKeep = {
  scene: fakeScene('photo-1'),
  prediction: fakePrediction('photo-1', QUESTION),
  maps: [
    {
      name: 'leave_one_out',
      tokens: Float32Array.from({ length: 7 }, (_, index) => index / 8),
      regions: Float32Array.of(0.5, -0.25, 0),
    },
  ],
  gradients: fakeExplanation({ imageId: 'photo-1', question: QUESTION, method: 'relevance' }).gradients,
  settings: { pack: 'fake', packSha256: 'ab'.repeat(32) },
};

it('writes the archive that NumPy is tested to read', async () => {
  await expect(`${Buffer.from(npzOf(run)).toString('base64')}\n`).toMatchFileSnapshot(FIXTURE);
});

it('keeps the shapes of the attention', () => {
  const arrays = runArrays(run);
  expect(arrays.get('attention_text_to_region')?.shape).toEqual([2, 2, 7, 3]);
  expect(arrays.get('boxes')?.shape).toEqual([3, 4]);
});

it('refuses values that do not fill their axes', () => {
  expect(() => npyBytes({ shape: [2, 3], values: new Float32Array(5) })).toThrow(
    'array of 2×3 needs 6 values, got 5',
  );
});

it('computes the checksum of the standard example', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
});
