/** The attention on screen, worked out once for photo, words, sentence and table. */
import {
  selectFocused,
  selectSlice,
  type AttentionAxis,
  type AttentionSlice,
  type FocusedAttention,
} from './select-attention.ts';
import type { AttentionView, Exchange, Focus } from '../work/state.ts';

export interface ShownAttention {
  readonly exchange: Exchange;
  readonly slice: AttentionSlice;
  /** What the sentence and the table speak of. */
  readonly focused: FocusedAttention;
  /** Weights for the photo and the list; null when the module has none over regions. */
  readonly overRegions: FocusedAttention | null;
  /** Weights for the words of the question; null when nothing over tokens is asked for. */
  readonly overTokens: FocusedAttention | null;
  /** The heaviest weight of the whole slice. */
  readonly heaviest: number;
}

/** A scale that ended at the heaviest of nearly equal weights would show an even spread as bright spots. */
const EVEN_SHARES_ON_SCALE = 3;

/** The slice that `view` names; costs a pass over it, so that its result is worth keeping while the focus moves. */
export function showSlice(
  exchange: Exchange,
  view: AttentionView,
): { readonly slice: AttentionSlice; readonly heaviest: number } {
  const slice = selectSlice(exchange.prediction.attention, view);
  return { slice, heaviest: slice.weights.data.reduce((most, each) => Math.max(most, each), 0) };
}

export function showFocused(
  exchange: Exchange,
  { slice, heaviest }: ReturnType<typeof showSlice>,
  focus: Focus,
): ShownAttention {
  const focused = selectFocused(slice, focus);
  const unfocused = selectFocused(slice, { kind: 'none' });
  const over = (axis: AttentionAxis) => [focused, unfocused].find((each) => each.over === axis) ?? null;
  return { exchange, slice, focused, overRegions: over('region'), overTokens: over('token'), heaviest };
}

/** The weight that gets the lightest color: the heaviest of `weights`, or of the slice when rows share a scale. */
export function scaleEnd(weights: Float32Array, shown: ShownAttention, isShared: boolean): number {
  const [, keys] = shown.slice.weights.dims;
  const heaviest = isShared ? shown.heaviest : weights.reduce((most, each) => Math.max(most, each), 0);
  return Math.max(heaviest, Math.min(1, EVEN_SHARES_ON_SCALE / keys));
}
