/** What the page shows of the attention: computed once, handed to photo, list, tokens and matrix. */
import { useMemo } from 'react';
import {
  selectFocused,
  selectSlice,
  type AttentionAxis,
  type AttentionSlice,
  type FocusedAttention,
} from '../../session/select-attention.ts';
import { selectExchange } from '../../session/selectors.ts';
import type { Exchange } from '../../session/state.ts';
import { useSessionState } from '../session-context.ts';

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

export function useShownAttention(): ShownAttention | null {
  const exchange = useSessionState(selectExchange);
  const view = useSessionState((state) => state.attentionView);
  const focus = useSessionState((state) => state.focus);

  const slice = useMemo(
    () => (exchange ? selectSlice(exchange.prediction.attention, view) : null),
    [exchange, view],
  );
  const heaviest = useMemo(
    () => slice?.weights.data.reduce((most, each) => Math.max(most, each), 0) ?? 0,
    [slice],
  );
  return useMemo(() => {
    if (!exchange || !slice) return null;
    const focused = selectFocused(slice, focus);
    const unfocused = selectFocused(slice, { kind: 'none' });
    const over = (axis: AttentionAxis) => [focused, unfocused].find((each) => each.over === axis) ?? null;
    return { exchange, slice, focused, overRegions: over('region'), overTokens: over('token'), heaviest };
  }, [exchange, slice, focus, heaviest]);
}

/** The weight that gets the lightest color: the heaviest of `weights`, or of the slice when rows share a scale. */
export function scaleEnd(weights: Float32Array, shown: ShownAttention, isShared: boolean): number {
  const [, keys] = shown.slice.weights.dims;
  const heaviest = isShared ? shown.heaviest : weights.reduce((most, each) => Math.max(most, each), 0);
  return Math.max(heaviest, Math.min(1, EVEN_SHARES_ON_SCALE / keys));
}
