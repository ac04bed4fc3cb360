/** What an answer loses without one region or one word and gains from it alone, for every one of them. */
import { REMOVALS, type Change, type Evidence } from '../../core/explanation.ts';
import type { ExplainMethod } from '../method.ts';
import { emptyEvidence, hiding, orderedPieces, type OnEvidence, type Piece, type Pieces } from '../pieces.ts';
import type { RunChanges } from '../run-changes.ts';
import { lastAttention } from './attention.ts';
import type { LeaveOneOutSettings } from './leave-one-out.ts';

/**
 * Of the groups that a Shapley value weighs up these are the smallest and the largest, which count most (Lundberg and Lee
 * 2017, theorem 2).
 */
export const unit = 'logit';
export const scale =
  'What the answer’s logit loses without it and gains from it alone, mean over two ways of taking things away; below 0, it speaks against.';

export const explain: ExplainMethod = async ({ whole, target, pieces, run, onEvidence }) => {
  const settings = { target, whole: target(whole.logits), attended: lastAttention(whole.attention) };
  return { ...(await keepOne(REMOVALS.map(run), pieces, settings, onEvidence)), removal: 'both' };
};

/**
 * The mean of four differences: without the piece and with it alone, under each removal. A region is alone when no other
 * region is there and all words are; a word, when no other word is there and all regions are.
 * @param runs one for each removal
 * @param onEvidence is given the mean of what is known by then
 */
export async function keepOne(
  runs: readonly RunChanges[],
  pieces: Pieces,
  { target, whole, attended }: LeaveOneOutSettings,
  onEvidence: OnEvidence,
): Promise<Evidence & { readonly runs: number }> {
  const order = orderedPieces(pieces, attended);
  const mean = createMean(pieces);
  const perRemoval = NOTHING_LEFT.length + 2 * order.length;
  let done = 0;
  const add = (piece: Piece, difference: number) => {
    mean.add(piece, difference);
    done += 1;
    onEvidence(done, runs.length * perRemoval, mean.evidence, null);
  };
  for (const run of runs) {
    for await (const { index, logits } of run(order.map(hiding))) add(order[index]!, whole - target(logits));
    const nothing = { token: whole, region: whole };
    for await (const { index, logits } of run(NOTHING_LEFT.map((kind) => keepingOnly(null, kind, pieces)))) {
      nothing[NOTHING_LEFT[index]!] = target(logits);
      done += 1;
    }
    const alone = order.map((piece) => keepingOnly(piece.index, piece.kind, pieces));
    for await (const { index, logits } of run(alone)) {
      const piece = order[index]!;
      add(piece, target(logits) - nothing[piece.kind]);
    }
  }
  return { ...mean.evidence, runs: done };
}

const NOTHING_LEFT: readonly Piece['kind'][] = ['token', 'region'];

function keepingOnly(kept: number | null, kind: Piece['kind'], { regions, hideable }: Pieces): Change {
  if (kind === 'token') return { hiddenTokens: hideable.filter((token) => token !== kept) };
  return { hiddenRegions: Array.from({ length: regions }, (_, region) => region).filter((r) => r !== kept) };
}

/** Of however many numbers are known of each piece. */
function createMean(pieces: Pieces) {
  const evidence = emptyEvidence(pieces);
  const counts = { tokens: new Uint8Array(pieces.tokens), regions: new Uint8Array(pieces.regions) };
  return {
    evidence,
    add({ kind, index }: Piece, value: number): void {
      const of = kind === 'token' ? 'tokens' : 'regions';
      const before = counts[of][index]!;
      counts[of][index] = before + 1;
      evidence[of][index] =
        before === 0 ? value : evidence[of][index]! + (value - evidence[of][index]!) / (before + 1);
    },
  };
}
