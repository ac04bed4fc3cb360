/**
 * The vocabulary of the whole project: shapes and units are written here and nowhere else.
 * Lengths that a type cannot carry go into names (`downloadedBytes`, `timeoutMs`).
 */
import type { Tensor } from './tensor.ts';
import type { VqaErrorCode } from './errors.ts';

/** Identifies a photo for the lifetime of an engine; equal bytes need not give equal ids. */
export type ImageId = string;

/** Width and height of the upright photo (EXIF orientation applied), in pixels of the source. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** Upright, opaque 8-bit pixels; `data` is RGBA, row-major, `4 * width * height` bytes. */
export interface Pixels extends ImageSize {
  readonly data: Uint8ClampedArray;
}

/** Fractions of the source image, origin at the top left, `0 <= min <= max <= 1`. */
export interface BoundingBox {
  readonly xmin: number;
  readonly ymin: number;
  readonly xmax: number;
  readonly ymax: number;
}

/** A name with the probability that the model gives it, 0..1. */
export interface ScoredLabel {
  readonly label: string;
  readonly score: number;
}

/** One detected object. Its index in `Scene.regions` is its index on every `region` axis. */
export interface Region {
  readonly box: BoundingBox;
  readonly label: string;
  /** Probability of `label`, 0..1. */
  readonly score: number;
  /** Attributes above the pack's threshold, most probable first. */
  readonly attributes: readonly ScoredLabel[];
}

/** What the vision side of LXMERT reads; stays in the worker. */
export interface RegionFeatures {
  readonly features: Tensor<readonly ['region', 'feature']>;
  /** `xmin, ymin, xmax, ymax` as fractions of the image. */
  readonly boxes: Tensor<readonly ['region', 'box']>;
}

/** Something done to the file on the way in that the person should know. */
export const IMAGE_NOTICES = [
  'ends-early',
  'first-frame-of-animation',
  'converted-from-cmyk',
  'transparency-on-white',
  'turned-upright',
] as const;
export type ImageNotice = (typeof IMAGE_NOTICES)[number];

/** Milliseconds per stage of `detect`. */
export interface DetectTimings {
  readonly readMs: number;
  readonly preprocessMs: number;
  readonly proposeMs: number;
  readonly classifyMs: number;
  readonly encodeMs: number;
}

/** Milliseconds per stage of `ask`. */
export interface AskTimings {
  readonly tokenizeMs: number;
  readonly languageMs: number;
  readonly crossMs: number;
}

/** What `detect` returns: distinct regions by falling score, then ones that overlap them, by falling score too. */
export interface Scene {
  readonly imageId: ImageId;
  readonly size: ImageSize;
  readonly regions: readonly Region[];
  readonly notices: readonly ImageNotice[];
  readonly timings: DetectTimings;
  /** The photo upright, where the browser would show the file as it lies; regions belong to this picture. */
  readonly upright?: Blob;
}

/**
 * A WordPiece token. `start` and `end` are UTF-16 offsets into the question (`end` exclusive);
 * special tokens ([CLS], [SEP]) have an empty span.
 */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly kind: 'special' | 'piece' | 'unknown';
}

/** `tokens` is what the model reads, with [CLS] and [SEP]; `overflow` is what did not fit. */
export interface TokenizedQuestion {
  readonly tokens: readonly Token[];
  readonly overflow: readonly Token[];
  readonly maxTokens: number;
}

type Attention<Query extends string, Key extends string> = Tensor<readonly ['layer', 'head', Query, Key]>;

/** Post-softmax probabilities of every attention module; each row over the last axis sums to 1. */
export interface AttentionMaps {
  readonly language: Attention<'token', 'token'>;
  readonly vision: Attention<'region', 'region'>;
  readonly textToRegion: Attention<'token', 'region'>;
  readonly regionToText: Attention<'region', 'token'>;
  readonly textSelf: Attention<'token', 'token'>;
  readonly regionSelf: Attention<'region', 'region'>;
}

/** One of LXMERT's six kinds of attention; the first part of a head's name, before its layer and its number. */
export type AttentionModule = keyof AttentionMaps;

/** `score` is a probability over the pack's whole answer list, 0..1. */
export interface AnswerCandidate {
  readonly answer: string;
  readonly score: number;
}

/** What speaks against an answer; words and names as the question has them, in lower case. */
export type Doubt =
  | { readonly reason: 'cut-off' }
  /** `topic` is the pack's name for what no photo tells. */
  | { readonly reason: 'beyond-photos'; readonly topic: string }
  | { readonly reason: 'unknown-words'; readonly words: readonly string[] }
  /** Nothing is asked. */
  | { readonly reason: 'no-question' }
  | { readonly reason: 'not-found'; readonly names: readonly string[] }
  | { readonly reason: 'undecided'; readonly answers: readonly [string, string] }
  | { readonly reason: 'unsure' };

/** How far the best answer can be trusted, as measured when the pack was made. */
export interface Confidence {
  /** The probability, 0..1, that the best answer is right. */
  readonly chance: number;
  /** Why the answer deserves a warning; null when it needs none. */
  readonly doubt: Doubt | null;
}

/** What `ask` returns: `answers` ordered by falling score, ten at most. */
export interface Prediction {
  readonly imageId: ImageId;
  readonly question: string;
  readonly tokens: readonly Token[];
  readonly overflow: readonly Token[];
  readonly answers: readonly AnswerCandidate[];
  /** The answers that `ask` was told to follow, in that order; absent when it was told none. */
  readonly followed?: readonly AnswerCandidate[];
  /** [answer], in the order of the pack's list, before they became scores; null when it was played from a recording. */
  readonly logits: Float32Array | null;
  /** Null when the pack does not say how far its answers can be trusted. */
  readonly confidence: Confidence | null;
  readonly attention: AttentionMaps;
  readonly timings: AskTimings;
}

/** A text as a task read it, and everything it looked at. */
export interface ReadSentence {
  readonly tokens: readonly Token[];
  /** Tokens that did not fit, and were not read. */
  readonly overflow: readonly Token[];
  readonly attention: AttentionMaps;
}

/** What `match` returns; `score` is the probability that the sentence is of this photo, 0..1. */
export interface Match extends ReadSentence {
  readonly imageId: ImageId;
  readonly text: string;
  readonly score: number;
}

/** What `compare` returns; `score` is the probability that the statement is true of the two photos, 0..1. */
export interface Comparison extends Omit<ReadSentence, 'attention'> {
  readonly left: ImageId;
  readonly right: ImageId;
  readonly statement: string;
  readonly score: number;
  readonly attention: { readonly left: AttentionMaps; readonly right: AttentionMaps };
}

/** A whole word; `score` is a probability over every piece of the vocabulary, 0..1. */
export interface ScoredWord {
  readonly word: string;
  readonly score: number;
}

/** One [MASK] of a sentence and the words that may stand there, by falling score, ten at most. */
export interface FilledMask {
  /** Index on the token axis. */
  readonly token: number;
  /** Where the mask stands in the text, as in `Token`. */
  readonly start: number;
  readonly end: number;
  readonly words: readonly ScoredWord[];
  /** The words that `fillIn` was told to follow, in that order; absent when it was told none. */
  readonly followed?: readonly ScoredWord[];
}

/** What `fillIn` returns: one entry per mask that was read, in order. */
export interface FilledText extends ReadSentence {
  readonly imageId: ImageId;
  readonly text: string;
  readonly masks: readonly FilledMask[];
}

/** A region of a photo that is held; `likeness` is the cosine to what was guessed, -1..1. */
export interface KnownThing {
  readonly imageId: ImageId;
  readonly region: number;
  readonly label: string;
  readonly likeness: number;
}

/** What the model takes a hidden region for; by falling score, ten labels and five attributes at most. */
export interface RegionGuess {
  readonly region: number;
  /** Probabilities over all names of the pack, 0..1. */
  readonly labels: readonly ScoredLabel[];
  /** The label that `guessRegions` was told to follow; absent when it was told none. */
  readonly followed?: ScoredLabel;
  /** Probabilities over all attributes of the pack, 0..1. */
  readonly attributes: readonly ScoredLabel[];
  /** Cosine of the guessed features to those that the detector saw, -1..1. */
  readonly likeness: number;
  /** The known things whose features are nearest to the guessed ones, each name once, nearest first, five at most. */
  readonly nearest: readonly KnownThing[];
}

/** What `guessRegions` returns: one guess per hidden region, in the order that they were asked for. */
export interface RegionGuesses extends ReadSentence {
  readonly imageId: ImageId;
  readonly text: string;
  readonly guesses: readonly RegionGuess[];
}

/** Where the graphs run. */
export type Backend = 'webgpu' | 'wasm';

/** What the person asked for; `auto` lets the self-test decide. */
export type BackendChoice = 'auto' | Backend;

/** Which backend runs, and one sentence that says why. */
export interface BackendReport {
  readonly backend: Backend;
  readonly reason: string;
  /** WASM threads in use; 1 on a page that is not cross-origin isolated. */
  readonly threads: number;
  /** Largest difference to the pack's golden case, in probability; at most its tolerance. Null without such a case. */
  readonly selfTestError: number | null;
}

/** One pack in the browser's cache. */
export interface CachedPack {
  readonly url: string;
  readonly storedBytes: number;
  readonly files: number;
}

/** Photos of which the regions are kept, not the photo itself. */
export interface KeptPhotos {
  readonly count: number;
  readonly storedBytes: number;
}

/** What the browser keeps for this site. `refused`: the browser keeps nothing (private window, sandbox). */
export type CacheReport =
  | {
      readonly status: 'available';
      readonly packs: readonly CachedPack[];
      /** Absent where no pack keeps regions. */
      readonly photos?: KeptPhotos;
      readonly quotaBytes: number | null;
    }
  | { readonly status: 'refused' };

/** An error as it crosses a thread or enters the store. */
export interface ErrorReport {
  readonly code: VqaErrorCode;
  /** What happened, one sentence. */
  readonly message: string;
  /** What to do next, one sentence. */
  readonly remedy: string;
  /** What a program said that nobody foresaw, for whoever mends it; no person is shown it. */
  readonly details?: string;
}
