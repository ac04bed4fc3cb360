/** One answer as named arrays, for NumPy. */
import { scoresOf } from '../../core/answers.ts';
import type { Explanation } from '../../core/explanation.ts';
import type { AttentionMaps, Prediction, Scene } from '../../core/types.ts';
import type { Outcome } from '../../session/inquiry/lab-state.ts';
import type { RunSettings } from '../../session/address/run-settings.ts';
import { npyBytes, type NpyArray } from './npy.ts';
import { zipFiles } from './zip-files.ts';

export interface RunToKeep {
  readonly scene: Scene;
  readonly prediction: Prediction;
  /** The pack's answers, in the order of the logits. */
  readonly answerList: readonly string[];
  /** How the scores came from the logits. */
  readonly scoring: 'softmax' | 'sigmoid';
  /** In the order of `settings.explanations`. */
  readonly explanations: readonly Explanation[];
  /** What a changed run answered; null when nothing was changed. */
  readonly changed: Outcome | null;
  readonly settings: RunSettings;
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

/** The same arrays as JSON: `{settings, arrays: {name: {shape, values}}}`, values row by row. */
export function jsonOf(run: RunToKeep): string {
  const arrays = Object.fromEntries(
    [...runArrays(run)]
      .filter(([name]) => name !== 'settings')
      .map(([name, { shape, values }]) => [name, { shape, values: [...values] }]),
  );
  return JSON.stringify({ settings: run.settings, arrays });
}

/**
 * `boxes [region, 4]` xmin, ymin, xmax, ymax as fractions; `token_spans [token, 2]` UTF-16 offsets; `answers`,
 * `answer_scores` and `answer_logits [answer]` of every answer that the pack knows, by falling score;
 * `attention_* [layer, head, query, key]`; of explanation n `map_n_*_tokens [token]` and `map_n_*_regions [region]`, where
 * it has standard errors `map_n_*_token_errors` and `map_n_*_region_errors`, and where it has gradients
 * `gradient_n_* [layer, head, query, key]`.
 */
export function runArrays(run: RunToKeep): Map<string, NpyArray> {
  const { scene, prediction, explanations, changed, settings } = run;
  const { regions, size } = scene;
  const { tokens, attention, question } = prediction;
  const answers = everyAnswer(run);
  const named = new Map<string, NpyArray>([
    ['image_size', list(Int32Array.of(size.width, size.height))],
    ['boxes', boxArray(scene)],
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
    ['answer_logits', list(Float32Array.from(answers, ({ logit }) => logit))],
  ]);
  addMaps(named, 'attention', attention);
  for (const [index, explanation] of explanations.entries()) addExplanation(named, index, explanation);
  if (changed) {
    named.set('changed_boxes', boxArray(changed.scene));
    named.set('changed_answers', list(changed.prediction.answers.map(({ answer }) => answer)));
    named.set(
      'changed_answer_scores',
      list(Float32Array.from(changed.prediction.answers, ({ score }) => score)),
    );
  }
  return named.set('settings', { shape: [], values: [JSON.stringify(settings)] });
}

interface KeptAnswer {
  readonly answer: string;
  readonly score: number;
  readonly logit: number;
}

/** By falling score. A recording has but the best ones. */
function everyAnswer({ prediction, answerList, scoring }: RunToKeep): readonly KeptAnswer[] {
  const { logits, answers } = prediction;
  if (!logits) return answers.map(({ answer, score }) => ({ answer, score, logit: logitOf(score, scoring) }));
  const scores = scoresOf(logits, scoring);
  return answerList
    .map((answer, index) => ({ answer, score: scores[index] ?? 0, logit: logits[index] ?? Number.NaN }))
    .toSorted((a, b) => b.score - a.score);
}

/** Softmax forgets a constant that all logits share: its logits are those whose exponentials sum to 1. */
function logitOf(score: number, scoring: RunToKeep['scoring']): number {
  return scoring === 'sigmoid' ? Math.log(score / (1 - score)) : Math.log(score);
}

function addExplanation(named: Map<string, NpyArray>, index: number, explanation: Explanation): void {
  const { method, tokens, regions, standardErrors, gradients } = explanation;
  const name = `map_${index}_${method.replaceAll('-', '_')}`;
  named.set(`${name}_tokens`, list(tokens));
  named.set(`${name}_regions`, list(regions));
  if (standardErrors) {
    named.set(`${name}_token_errors`, list(standardErrors.tokens));
    named.set(`${name}_region_errors`, list(standardErrors.regions));
  }
  if (gradients) addMaps(named, `gradient_${index}`, gradients);
}

function boxArray({ regions }: Scene): NpyArray {
  const sides = regions.flatMap(({ box }) => [box.xmin, box.ymin, box.xmax, box.ymax]);
  return { shape: [regions.length, 4], values: Float32Array.from(sides) };
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
