/** One run of a question about a photo with all its attention, from which explanations start. */
import { changesNothing } from '../../core/change.ts';
import type { Change } from '../../core/explanation.ts';
import { withAxes } from '../../core/tensor.ts';
import type { AttentionMaps } from '../../core/types.ts';
import { checkLabelCount } from '../pack/check-labels.ts';
import { fetchCode } from '../pack/fetch-code.ts';
import type { GraphInput } from '../runtime/runtime.ts';
import type { EncodedLanguage } from './encode-language.ts';
import type { EncodedScene } from './encode-scene.ts';
import { predictAnswer } from './predict-answer.ts';
import type { Asked, ChangeableModel } from './run-changes.ts';
import { withoutBatch } from './without-batch.ts';

/** The run in which nothing is taken away but what `base` takes. */
export interface WholeRun {
  readonly logits: Float32Array;
  readonly attention: AttentionMaps;
}

interface WholeInputs {
  readonly language: EncodedLanguage;
  readonly vision: EncodedScene;
  readonly gates?: Readonly<Record<string, GraphInput>>;
}

/** The run with `base` alone, with its attention. */
export async function runWhole(model: ChangeableModel, asked: Asked, base: Change): Promise<WholeRun> {
  const inputs: WholeInputs = changesNothing(base)
    ? { language: await asked.language(), vision: asked.scene }
    : await changedInputs(model, asked, base);
  const { logits, attention } = await predictAnswer(model.graphs.cross, inputs, inputs.gates);
  checkLabelCount(model.pack.labels, 'answers', logits.dims[0]);
  return {
    logits: logits.data,
    attention: { language: inputs.language.attention, vision: inputs.vision.attention, ...attention },
  };
}

async function changedInputs(model: ChangeableModel, asked: Asked, base: Change): Promise<WholeInputs> {
  const { encodeChanges } = await fetchCode(() => import('./run-changes.ts'));
  const { language, vision, gates } = await encodeChanges(model, asked, [base]);
  const words = withAxes(['layer', 'head', 'token', 'token'], withoutBatch(language.attention));
  const regions = withAxes(['layer', 'head', 'region', 'region'], withoutBatch(vision.attention));
  return {
    language: { ...language, attention: words },
    vision: { ...vision, attention: regions },
    gates,
  };
}
