import { expect, it } from 'vitest';
import { fakeLoadReport, fakePrediction, fakeScene } from '../../core/testing/engine-fake-results.ts';
import { fakeExplanation } from '../../core/testing/explanation-fake.ts';
import { NO_EDITS } from '../../session/inquiry/edits.ts';
import { runSettings } from '../../session/address/run-settings.ts';
import { npyBytes } from './npy.ts';
import { jsonOf, npzOf, runArrays, type RunToKeep } from './run-arrays.ts';

/** Read with NumPy by `models/tests/test_read_run.py`; written anew by `npx vitest run FILE -u` for this file. */
const FIXTURE = '../../../models/fixtures/run.npz.base64';

const QUESTION = 'What naïve 🐕 is it?';
const scene = fakeScene('photo-1');
const prediction = { ...fakePrediction('photo-1', QUESTION), logits: Float32Array.of(-1.5, 2.25, -30) };
const asked = { imageId: 'photo-1', question: QUESTION } as const;
const explanations = [
  fakeExplanation({ ...asked, method: 'relevance' }),
  fakeExplanation({ ...asked, method: 'leave-one-out' }),
  fakeExplanation({ ...asked, method: 'shapley' }),
];
const edits = { ...NO_EDITS, hiddenRegions: [1] };

const run: RunToKeep = {
  scene,
  prediction,
  answerList: ['two', 'brown', 'a frisbee'],
  scoring: 'softmax',
  explanations,
  changed: { edits, scene, prediction },
  settings: runSettings(
    fakeLoadReport('wasm'),
    {
      id: 1,
      photo: { imageId: 'photo-1', blob: new Blob(), name: 'dog.jpg', source: 'file' },
      scene,
      prediction,
    },
    {
      layer: 'why',
      attention: { module: 'textToRegion', layer: 'last', head: 'mean' },
      explanations,
      edits,
    },
  ),
};

it('writes the archive that NumPy is tested to read', async () => {
  await expect(`${Buffer.from(npzOf(run)).toString('base64')}\n`).toMatchFileSnapshot(FIXTURE);
});

it('keeps the shapes of the attention', () => {
  const arrays = runArrays(run);
  expect(arrays.get('attention_text_to_region')?.shape).toEqual([2, 2, 7, 3]);
  expect(arrays.get('boxes')?.shape).toEqual([3, 4]);
});

const valuesOf = (kept: RunToKeep, name: string) => [...(runArrays(kept).get(name)?.values ?? [])];

it('has every answer of the pack with its logit, best first', () => {
  expect(valuesOf(run, 'answers')).toEqual(['brown', 'two', 'a frisbee']);
  expect(valuesOf(run, 'answer_logits')).toEqual([2.25, -1.5, -30]);
  expect(valuesOf({ ...run, scoring: 'sigmoid' }, 'answer_scores')[0]).toBeCloseTo(1 / (1 + Math.exp(-2.25)));
});

it('works the logits of a recorded answer out from its scores', () => {
  const recorded = { ...run, prediction: { ...prediction, logits: null } };
  expect(valuesOf(recorded, 'answer_logits')[0]).toBeCloseTo(Math.log(0.63));
  const odds = valuesOf({ ...recorded, scoring: 'sigmoid' }, 'answer_logits');
  expect(odds[0]).toBeCloseTo(Math.log(0.63 / 0.37));
});

it('says the same in JSON', () => {
  const written: {
    settings: unknown;
    arrays: Record<string, { shape: number[]; values: unknown[] }>;
  } = JSON.parse(jsonOf(run));
  const { settings, arrays } = written;
  expect(settings).toMatchObject({ pack: { id: 'fake' }, edits: { hiddenRegions: [1] } });
  expect(arrays['attention_vision']?.values).toHaveLength(2 * 2 * 3 * 3);
  expect(arrays['region_labels']).toEqual({ shape: [3], values: ['dog', 'frisbee', 'tree'] });
});

it('refuses values that do not fill their axes', () => {
  expect(() => npyBytes({ shape: [2, 3], values: new Float32Array(5) })).toThrow(
    'array of 2×3 needs 6 values, got 5',
  );
});
