/** Answers that were computed once and can be looked at anywhere: what a recording holds when it is read. */
import type { ModelPack } from '../core/pack/pack.ts';
import type { Explanation } from '../core/explanation.ts';
import type { Backend, Prediction, Scene } from '../core/types.ts';

export const RECORDING_FORMAT = 'in-page-vqa-recording';
export const RECORDING_VERSION = 1;

/** No file of a recording is larger, so that a page can carry several. */
export const MAX_RECORDING_BYTES = 400_000;

/** Who answered. */
export interface RecordedPack extends Pick<
  ModelPack,
  'id' | 'name' | 'version' | 'description' | 'licence' | 'scores'
> {
  readonly maxTokens: number;
  /** Stands for every byte of the pack; see `core/pack-hash.ts`. */
  readonly sha256: string;
}

export interface RecordedPhoto {
  readonly name: string;
  /** What the photo shows, in words; null when nobody said. */
  readonly alt: string | null;
  /** Who made the photo and under which licence; null when nobody said. */
  readonly credit: string | null;
  /** A small copy; null when the person left the photo out. */
  readonly thumbnail: Blob | null;
}

/** Why an answer, without the gradients behind it: they would not fit a recording. */
export type RecordedExplanation = Omit<Explanation, 'imageId' | 'question' | 'tokensRead' | 'gradients'>;

/**
 * A question with its best answers; the logits of the others would not fit a recording. Every row of attention sums to 1
 * again, though it was stored in 8 bits.
 */
export interface RecordedAnswer extends Omit<Prediction, 'imageId' | 'followed' | 'logits'> {
  /** None when nobody asked why. */
  readonly explanations: readonly RecordedExplanation[];
}

export interface Recording {
  readonly pack: RecordedPack;
  /** Where the answers were computed. */
  readonly backend: Backend;
  readonly photo: RecordedPhoto;
  readonly scene: Omit<Scene, 'imageId'>;
  /** One at least; no question twice. */
  readonly answers: readonly RecordedAnswer[];
}

/** Tells a recording that has been read from anything else, its file as `JSON.parse` gives it included. */
export function isRecording(given: unknown): given is Recording {
  if (typeof given !== 'object' || given === null || !('answers' in given)) return false;
  const [first]: readonly unknown[] = Array.isArray(given.answers) ? given.answers : [];
  const attention = typeof first === 'object' && first !== null && 'attention' in first && first.attention;
  if (typeof attention !== 'object' || attention === null || !('textToRegion' in attention)) return false;
  const { textToRegion } = attention;
  return typeof textToRegion === 'object' && textToRegion !== null && 'dims' in textToRegion;
}
