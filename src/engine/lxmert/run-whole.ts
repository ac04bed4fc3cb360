/** One run of a question about a photo with all its attention, from which explanations start. */
import { bothChanges } from '../../core/change.ts';
import type { Change } from '../../core/explanation.ts';
import { withAxes } from '../../core/tensor.ts';
import type { AttentionMaps } from '../../core/types.ts';
import { checkLabelCount } from '../pack/check-labels.ts';
import { predictAnswer } from './predict-answer.ts';
import { encodeChanges, type Asked, type ChangeableModel } from './run-changes.ts';
import { withoutBatch } from './without-batch.ts';

/** The run in which nothing is taken away but what `base` takes. */
export interface WholeRun {
  readonly logits: Float32Array;
  readonly attention: AttentionMaps;
}

/** The run with `base` alone, with its attention. */
export async function runWhole(model: ChangeableModel, asked: Asked, base: Change): Promise<WholeRun> {
  const inputs = await encodeChanges(model, asked, [bothChanges({}, base)]);
  const { logits, attention } = await predictAnswer(model.graphs.cross, inputs, inputs.gates);
  checkLabelCount(model.pack.labels, 'answers', logits.dims[0]);
  return {
    logits: logits.data,
    attention: {
      language: withAxes(['layer', 'head', 'token', 'token'], withoutBatch(inputs.language.attention)),
      vision: withAxes(['layer', 'head', 'region', 'region'], withoutBatch(inputs.vision.attention)),
      ...attention,
    },
  };
}
