/** What the fake engine's heads compute: scores of which the softmax is the fake's attention, and values by index. */
import { fakePrediction } from './engine-fake-results.ts';
import type { HeadInspection, InspectHeadsParams } from '../head-inspection.ts';
import { tensor, type Tensor } from '../tensor.ts';
import type { AttentionMaps } from '../types.ts';

const WIDTH = 4;

export function fakeInspection(params: InspectHeadsParams): HeadInspection {
  const { imageId, question, answer = 'brown', against } = params;
  const { attention } = fakePrediction(imageId, question);
  return {
    imageId,
    question,
    answer,
    against: against ?? null,
    ...headNumbers(attention, WIDTH),
  };
}

/** @param width numbers of a value */
export function headNumbers(
  attention: AttentionMaps,
  width: number,
): Pick<HeadInspection, 'scores' | 'values' | 'gradients'> {
  return {
    scores: {
      language: logs(attention.language),
      vision: logs(attention.vision),
      textToRegion: logs(attention.textToRegion),
      regionToText: logs(attention.regionToText),
      textSelf: logs(attention.textSelf),
      regionSelf: logs(attention.regionSelf),
    },
    values: {
      language: rampValues(attention.language, width),
      vision: rampValues(attention.vision, width),
      textToRegion: rampValues(attention.textToRegion, width),
      regionToText: rampValues(attention.regionToText, width),
      textSelf: rampValues(attention.textSelf, width),
      regionSelf: rampValues(attention.regionSelf, width),
    },
    gradients: attention,
  };
}

type Maps<Query extends string, Key extends string> = Tensor<readonly ['layer', 'head', Query, Key]>;

/** One more than the logarithms, as softmax does not mind. */
function logs<Query extends string, Key extends string>({ dims, data }: Maps<Query, Key>): Maps<Query, Key> {
  const scores = data.map((weight) => Math.log(weight) + 1);
  return tensor<readonly ['layer', 'head', Query, Key]>(dims, scores);
}

/** The first key's value is all ones, the next one's all twos, and so on. */
function rampValues<Key extends string>(
  { dims: [layers, heads, , keys] }: Maps<string, Key>,
  width: number,
): Tensor<readonly ['layer', 'head', Key, 'value']> {
  const data = Float32Array.from({ length: layers * heads * keys * width }, (_, index) => {
    return (Math.floor(index / width) % keys) + 1;
  });
  return tensor<readonly ['layer', 'head', Key, 'value']>([layers, heads, keys, width], data);
}
