/** One answer as named arrays, for NumPy. */
import type { AttentionMaps, Prediction, Scene } from '../../core/types.ts';
import { npyBytes, type NpyArray } from './npy.ts';
import { zipFiles } from './zip-files.ts';

/** A map over the words and the regions, from any method of explanation. */
export interface NamedMap {
  /** Becomes part of the names of its arrays. */
  readonly name: string;
  readonly tokens: Float32Array;
  readonly regions: Float32Array;
}

export interface RunToKeep {
  readonly scene: Scene;
  readonly prediction: Prediction;
  readonly maps: readonly NamedMap[];
  /** Of the explained logit with respect to every attention probability; null when nothing on screen has them. */
  readonly gradients: AttentionMaps | null;
  /** Pack, hash, backend, settings: anything that JSON can say. */
  readonly settings: Readonly<Record<string, unknown>>;
}

const MODULES = [
  ['language', 'language'],
  ['vision', 'vision'],
  ['textToRegion', 'text_to_region'],
  ['regionToText', 'region_to_text'],
  ['textSelf', 'text_self'],
  ['regionSelf', 'region_self'],
] as const satisfies readonly (readonly [keyof AttentionMaps, string])[];

/** The run as an `.npz`: every array readable without pickle, the settings as JSON in a text of their own. */
export function npzOf(run: RunToKeep): Uint8Array<ArrayBuffer> {
  const files = [...runArrays(run)].map(([name, array]) => [`${name}.npy`, npyBytes(array)] as const);
  return zipFiles(new Map(files));
}

/**
 * `boxes [region, 4]` xmin, ymin, xmax, ymax as fractions; `region_scores [region]`; `token_spans [token, 2]`
 * UTF-16 offsets; `answer_scores [answer]`; `attention_*` and `gradient_* [layer, head, query, key]`; `map_*_regions [region]`.
 */
export function runArrays({
  scene,
  prediction,
  maps,
  gradients,
  settings,
}: RunToKeep): Map<string, NpyArray> {
  const { regions, size } = scene;
  const { tokens, answers, attention, question } = prediction;
  const named = new Map<string, NpyArray>([
    ['image_size', list(Int32Array.of(size.width, size.height))],
    [
      'boxes',
      {
        shape: [regions.length, 4],
        values: Float32Array.from(regions.flatMap(({ box }) => [box.xmin, box.ymin, box.xmax, box.ymax])),
      },
    ],
    ['region_labels', list(regions.map(({ label }) => label))],
    ['region_scores', list(Float32Array.from(regions, ({ score }) => score))],
    ['question', { shape: [], values: [question] }],
    ['tokens', list(tokens.map(({ text }) => text))],
    [
      'token_spans',
      {
        shape: [tokens.length, 2],
        values: Int32Array.from(tokens.flatMap(({ start, end }) => [start, end])),
      },
    ],
    ['answers', list(answers.map(({ answer }) => answer))],
    ['answer_scores', list(Float32Array.from(answers, ({ score }) => score))],
  ]);
  addMaps(named, 'attention', attention);
  if (gradients) addMaps(named, 'gradient', gradients);
  for (const map of maps) {
    named.set(`map_${map.name}_tokens`, list(map.tokens));
    named.set(`map_${map.name}_regions`, list(map.regions));
  }
  return named.set('settings', { shape: [], values: [JSON.stringify(settings)] });
}

function addMaps(named: Map<string, NpyArray>, quantity: string, maps: AttentionMaps): void {
  for (const [module, name] of MODULES) {
    const { dims, data } = maps[module];
    named.set(`${quantity}_${name}`, { shape: dims, values: data });
  }
}

function list(values: NpyArray['values']): NpyArray {
  return { shape: [values.length], values };
}
