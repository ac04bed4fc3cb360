/** What an answer loses without one region or one word, for every one of them. */
import type { Evidence } from '../../core/explanation.ts';
import type { ExplainMethod } from '../method.ts';
import {
  emptyEvidence,
  hiding,
  orderedPieces,
  type OnEvidence,
  type Pieces,
  type Target,
} from '../pieces.ts';
import type { RunChanges } from '../run-changes.ts';
import { lastAttention } from './attention.ts';

export const unit = 'logit';
export const scale = 'What the answer’s logit loses without it; below 0, the answer gains.';

export const explain: ExplainMethod = async ({ whole, target, pieces, settings, run, onEvidence }) => {
  const { removal } = settings;
  const evidence = await leaveOneOut(
    run(removal),
    pieces,
    { target, whole: target(whole.logits), attended: lastAttention(whole.attention) },
    onEvidence,
  );
  return { ...evidence, removal, runs: pieces.regions + pieces.hideable.length };
};

export interface LeaveOneOutSettings {
  readonly target: Target;
  /** The target with everything there. */
  readonly whole: number;
  /** Decides what is left out first. */
  readonly attended: Evidence;
}

export async function leaveOneOut(
  run: RunChanges,
  pieces: Pieces,
  { target, whole, attended }: LeaveOneOutSettings,
  onEvidence: OnEvidence,
): Promise<Evidence> {
  const order = orderedPieces(pieces, attended);
  const evidence = emptyEvidence(pieces);
  let done = 0;
  for await (const { index, logits } of run(order.map(hiding))) {
    const piece = order[index];
    if (!piece) continue;
    const list = piece.kind === 'region' ? evidence.regions : evidence.tokens;
    list[piece.index] = whole - target(logits);
    done += 1;
    onEvidence(done, order.length, evidence, null);
  }
  return evidence;
}
