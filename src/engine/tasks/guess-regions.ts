/** What hidden regions show, told from the rest of the photo and a sentence: masked object prediction. */
import { softmax } from '../../core/answers.ts';
import { orderByScore } from '../../core/boxes.ts';
import type { GuessRegionsParams } from '../../core/engine.ts';
import { VqaError } from '../../core/errors.ts';
import type { Tensor } from '../../core/tensor.ts';
import { withAxes } from '../../core/tensor.ts';
import type { KnownThing, RegionGuess, RegionGuesses, ScoredLabel } from '../../core/types.ts';
import { withoutBatch } from '../lxmert/without-batch.ts';
import { openHead } from './open-head.ts';
import { readText, runText, type TaskContext } from './read-text.ts';

const MAX_LABELS = 10;
const MAX_ATTRIBUTES = 5;
const MAX_NEAREST = 5;

export async function guessRegions(
  context: TaskContext,
  { imageId, regions, text = '', alsoHidden = [], follow }: GuessRegionsParams,
  signal: AbortSignal | undefined,
): Promise<RegionGuesses> {
  const { model, sceneOf } = context;
  const scene = sceneOf(imageId);
  if (regions.length === 0)
    throw new VqaError('change-invalid', 'No region is hidden: there is nothing to guess.');
  const head = await openHead(model, 'maskedObjects', signal);
  const read = readText(model, text, model.encodeQuestion, true);
  // What pretraining hides: the features are zero, the box stays.
  const hiddenRegions = [...new Set([...regions, ...alsoHidden])];
  const change = { hiddenRegions, removal: 'zero-feature' } as const;
  const { output: region_states, attention } = await runText(model, read, scene, change, 'region_states');
  signal?.throwIfAborted();
  const found = await head.run({ region_states }, ['class_logits', 'attribute_logits', 'features']);
  const classes = withAxes(['region', 'class'], withoutBatch(found.class_logits));
  const attributes = withAxes(['region', 'attribute'], withoutBatch(found.attribute_logits));
  const features = withAxes(['region', 'feature'], withoutBatch(found.features));
  const isSeen = (photo: string, region: number) => photo !== imageId || !hiddenRegions.includes(region);
  const guesses = regions.map((region, index): RegionGuess => {
    const { objects } = model.pack.labels;
    const scores = softmax(rowOf(classes, region));
    const wanted = follow?.[index];
    const guessed = rowOf(features, region);
    return {
      region,
      labels: best(scores, objects, MAX_LABELS),
      ...(wanted !== undefined && {
        followed: { label: wanted, score: scores[objects.indexOf(wanted)] ?? 0 },
      }),
      attributes: best(softmax(rowOf(attributes, region)), model.pack.labels.attributes, MAX_ATTRIBUTES),
      likeness: cosine(guessed, rowOf(scene.features.features, region)),
      nearest: nearest(context, guessed, isSeen),
    };
  });
  return { imageId, text, guesses, tokens: read.tokens, overflow: read.overflow, attention };
}

function rowOf({ dims, data }: Tensor<readonly ['region', string]>, row: number): Float32Array {
  return data.subarray(row * dims[1], (row + 1) * dims[1]);
}

function best(scores: ArrayLike<number>, names: readonly string[], count: number): readonly ScoredLabel[] {
  return orderByScore(scores)
    .slice(0, count)
    .map((index) => ({ label: names[index] ?? '', score: scores[index] ?? 0 }));
}

/** Among all regions of all photos that are held; the nearest one of each name. */
function nearest(
  { scenes }: TaskContext,
  guessed: Float32Array,
  isSeen: (imageId: string, region: number) => boolean,
): readonly KnownThing[] {
  const known: KnownThing[] = [];
  for (const [imageId, { regions, features }] of scenes()) {
    for (const [region, { label }] of regions.entries()) {
      if (!isSeen(imageId, region)) continue;
      known.push({ imageId, region, label, likeness: cosine(guessed, rowOf(features.features, region)) });
    }
  }
  const sorted = known.toSorted((a, b) => b.likeness - a.likeness);
  const names = sorted.map(({ label }) => label);
  return sorted.filter(({ label }, place) => names.indexOf(label) === place).slice(0, MAX_NEAREST);
}

/** -1..1; 0 where either is nothing at all. */
function cosine(a: Float32Array, b: Float32Array): number {
  let product = 0;
  let [lengthOfA, lengthOfB] = [0, 0];
  for (const [index, value] of a.entries()) {
    const other = b[index] ?? 0;
    product += value * other;
    lengthOfA += value * value;
    lengthOfB += other * other;
  }
  const length = Math.sqrt(lengthOfA * lengthOfB);
  return length > 0 ? product / length : 0;
}
