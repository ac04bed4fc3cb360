/** A sentence and a photo, run through LXMERT for whatever head reads the result. */
import { checkChange } from '../../core/change.ts';
import type { Change } from '../../core/explanation.ts';
import { withAxes } from '../../core/tensor.ts';
import type { AttentionMaps, ImageId, TokenizedQuestion } from '../../core/types.ts';
import type { DetectedRegions } from '../detect/detect-regions.ts';
import { runCross } from '../lxmert/cross-encoder.ts';
import { encodeLanguage, type EncodedLanguage } from '../lxmert/encode-language.ts';
import type { EncodedScene } from '../lxmert/encode-scene.ts';
import type { EncodeQuestion } from '../lxmert/encode-question.ts';
import { MASK, checkQuestion } from '../lxmert/question-text.ts';
import { encodeChanges, type ChangeableModel } from '../lxmert/run-changes.ts';
import { withoutBatch } from '../lxmert/without-batch.ts';
import type { ModelPack } from '../../core/pack/pack.ts';
import type { GraphOutput } from '../runtime/runtime.ts';
import type { LaterGraphs } from '../pack/later-graphs.ts';

export interface TaskModel extends ChangeableModel {
  readonly pack: ModelPack;
  readonly encodeQuestion: EncodeQuestion;
  readonly later: LaterGraphs;
}

export type TaskScene = EncodedScene & Pick<DetectedRegions, 'features' | 'regions'>;

/** What the engine holds; each throws where there is none. */
export interface TaskContext {
  readonly model: TaskModel;
  readonly sceneOf: (imageId: ImageId) => TaskScene;
  /** All photos that are held. */
  readonly scenes: () => Iterable<readonly [ImageId, TaskScene]>;
}

export interface ReadText extends TokenizedQuestion {
  readonly ids: Int32Array;
  readonly maskId: number;
  readonly language: () => Promise<EncodedLanguage>;
}

/** @param encoded how `text` was split; a text without words is nothing to refuse where `isOptional` */
export function readText<Encoded extends TokenizedQuestion & { readonly ids: Int32Array }>(
  { graphs, encodeQuestion }: TaskModel,
  text: string,
  encode: (text: string) => Encoded,
  isOptional = false,
): Encoded & ReadText {
  const encoded = encode(text);
  if (!isOptional || text.trim() !== '') checkQuestion(text, encoded);
  let encoding: Promise<EncodedLanguage> | null = null;
  return {
    ...encoded,
    maskId: encodeQuestion.pieces.indexOf(MASK),
    language: () => (encoding ??= encodeLanguage(graphs.language, encoded.ids)),
  };
}

const ATTENTION = [
  'text_to_region_attention',
  'region_to_text_attention',
  'text_self_attention',
  'region_self_attention',
] as const;

/** One output of the cross encoder, and all attention on the way to it. */
export async function runText(
  model: TaskModel,
  { ids, language, tokens, maskId }: ReadText,
  scene: TaskScene,
  change: Change,
  output: string,
): Promise<{ readonly output: GraphOutput; readonly attention: AttentionMaps }> {
  checkChange(change, scene.regions.length, tokens);
  const inputs = await encodeChanges(model, { ids, language, scene, maskId }, [change]);
  const found = await runCross(model.graphs.cross, inputs, [output, ...ATTENTION], inputs.gates);
  const [textToRegion, regionToText, textSelf, regionSelf] = ATTENTION.map((name) =>
    withoutBatch(found[name]!),
  );
  return {
    output: found[output]!,
    attention: {
      // A copy: a text or a photo that is not changed is encoded once, and the result is moved to another thread.
      language: withAxes(['layer', 'head', 'token', 'token'], copy(inputs.language.attention)),
      vision: withAxes(['layer', 'head', 'region', 'region'], copy(inputs.vision.attention)),
      textToRegion: withAxes(['layer', 'head', 'token', 'region'], textToRegion!),
      regionToText: withAxes(['layer', 'head', 'region', 'token'], regionToText!),
      textSelf: withAxes(['layer', 'head', 'token', 'token'], textSelf!),
      regionSelf: withAxes(['layer', 'head', 'region', 'region'], regionSelf!),
    },
  };
}

function copy(attention: GraphOutput): GraphOutput {
  const { dims, data } = withoutBatch(attention);
  return { dims, data: data.slice() };
}
