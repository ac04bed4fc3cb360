/** What the page shows of the attention: computed once, handed to photo, list, tokens and matrix. */
import { useMemo } from 'react';
import { selectExchange } from '../../session/work/selectors.ts';
import { showFocused, showSlice, type ShownAttention } from '../../session/inquiry/show-attention.ts';
import { useSessionState } from '../session-context.ts';

export function useShownAttention(): ShownAttention | null {
  const exchange = useSessionState(selectExchange);
  const view = useSessionState((state) => state.attentionView);
  const focus = useSessionState((state) => state.focus);

  const slice = useMemo(() => (exchange ? showSlice(exchange, view) : null), [exchange, view]);
  return useMemo(
    () => (exchange && slice ? showFocused(exchange, slice, focus) : null),
    [exchange, slice, focus],
  );
}
