/** What attention heads compute, number by number: shapes and units, beside those of `explanation.ts`. */
import type { Tensor } from './tensor.ts';
import type { AttentionMaps, ImageId } from './types.ts';

export interface InspectHeadsParams {
  readonly imageId: ImageId;
  readonly question: string;
  /** Whose logit the gradients are of; the best answer unless told otherwise. */
  readonly answer?: string | undefined;
  /** Less that of this one. */
  readonly against?: string | undefined;
}

type Values<Key extends string> = Tensor<readonly ['layer', 'head', Key, 'value']>;

/** The vectors that attention weighs and sums up: what each key of each head has to say, hiddenSize / heads numbers. */
export interface ValueMaps {
  readonly language: Values<'token'>;
  readonly vision: Values<'region'>;
  readonly textToRegion: Values<'region'>;
  readonly regionToText: Values<'token'>;
  readonly textSelf: Values<'token'>;
  readonly regionSelf: Values<'region'>;
}

/** All that the heads compute on the way to one answer: what `inspectHeads` returns. */
export interface HeadInspection {
  readonly imageId: ImageId;
  readonly question: string;
  readonly answer: string;
  readonly against: string | null;
  /** QKᵀ/√d, of which the softmax over the keys is the attention of the same place. */
  readonly scores: AttentionMaps;
  readonly values: ValueMaps;
  /** Of the answer's logit, less that of `against`, with respect to every attention probability. */
  readonly gradients: AttentionMaps;
}
