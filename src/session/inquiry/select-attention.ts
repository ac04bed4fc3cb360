/** Which part of the attention is on screen. Pure, so that every slider and hover is a re-selection. */
import { attentionFrom, attentionTo, headMean, oneHead, type AttentionMatrix } from '../../core/attention.ts';
import type { Tensor } from '../../core/tensor.ts';
import type { AttentionMaps, AttentionModule } from '../../core/types.ts';
import type { AttentionView, Focus } from '../work/state.ts';

export type AttentionAxis = 'token' | 'region';

interface SliceOf<Query extends AttentionAxis, Key extends AttentionAxis> {
  readonly query: Query;
  readonly key: Key;
  readonly layer: number;
  readonly layers: number;
  readonly head: number | 'mean';
  readonly heads: number;
  /** Rows sum to 1 as the model made them; nothing is rescaled. */
  readonly weights: AttentionMatrix<Query, Key>;
}

/** One module, layer and head (or the mean over heads) of one prediction. */
export type AttentionSlice =
  | SliceOf<'token', 'token'>
  | SliceOf<'token', 'region'>
  | SliceOf<'region', 'token'>
  | SliceOf<'region', 'region'>;

/** One weight per token or per region, and where the attention comes from or goes to. */
export interface FocusedAttention {
  /** What the person points at, or the default: [CLS], and where there are no tokens the first region. */
  readonly focus: { readonly kind: AttentionAxis; readonly index: number };
  /** `from`: what the focus attends to, sums to 1. `to`: how much each attends to the focus. */
  readonly direction: 'from' | 'to';
  /** The axis that `weights` runs over. */
  readonly over: AttentionAxis;
  readonly weights: Float32Array;
}

/** A layer or head that the module does not have falls back to its last layer and the mean of its heads. */
export function selectSlice(attention: AttentionMaps, view: AttentionView): AttentionSlice {
  const slices: Record<AttentionModule, () => AttentionSlice> = {
    textToRegion: () => slice(attention.textToRegion, 'token', 'region', view),
    regionToText: () => slice(attention.regionToText, 'region', 'token', view),
    language: () => slice(attention.language, 'token', 'token', view),
    textSelf: () => slice(attention.textSelf, 'token', 'token', view),
    vision: () => slice(attention.vision, 'region', 'region', view),
    regionSelf: () => slice(attention.regionSelf, 'region', 'region', view),
  };
  return slices[view.module]();
}

/** A focus that the module knows nothing about (a region in the language encoder) counts as none. */
export function selectFocused(shown: AttentionSlice, focus: Focus): FocusedAttention {
  const [queries, keys] = shown.weights.dims;
  if (focus.kind === shown.query && focus.index < queries) return fromQuery(shown, focus.index);
  if (focus.kind === shown.key && focus.index < keys) return toKey(shown, focus.index);
  return shown.query === 'region' && shown.key === 'token' ? toKey(shown, 0) : fromQuery(shown, 0);
}

/**
 * Whether what is shown can change the answer at all. The answer is read from the words, so what regions take
 * up in the last cross layer, from words or from each other, comes too late (https://arxiv.org/abs/1908.07490, 3.1).
 */
export function reachesAnswer(
  module: AttentionModule,
  { layer, layers }: Pick<AttentionSlice, 'layer' | 'layers'>,
): boolean {
  const updatesRegions = module === 'regionToText' || module === 'regionSelf';
  return !(updatesRegions && layer === layers - 1);
}

function fromQuery(shown: AttentionSlice, index: number): FocusedAttention {
  return {
    focus: { kind: shown.query, index },
    direction: 'from',
    over: shown.key,
    weights: attentionFrom(shown.weights, index),
  };
}

function toKey(shown: AttentionSlice, index: number): FocusedAttention {
  return {
    focus: { kind: shown.key, index },
    direction: 'to',
    over: shown.query,
    weights: attentionTo(shown.weights, index),
  };
}

function slice<Query extends AttentionAxis, Key extends AttentionAxis>(
  maps: Tensor<readonly ['layer', 'head', Query, Key]>,
  query: Query,
  key: Key,
  view: AttentionView,
): SliceOf<Query, Key> {
  const [layers, heads] = maps.dims;
  const layer = view.layer === 'last' || view.layer >= layers ? layers - 1 : view.layer;
  const head = view.head === 'mean' || view.head >= heads ? 'mean' : view.head;
  const weights = head === 'mean' ? headMean(maps, layer) : oneHead(maps, layer, head);
  return { query, key, layer, layers, head, heads, weights };
}
