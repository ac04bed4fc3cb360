/** The smallest change that flips an answer, by greedy search: at each step whatever hurts the answer most. */
import { bothChanges } from '../core/change.ts';
import type { Change, Flip, FlipStep, HeadPlace } from '../core/explanation.ts';
import type { RunChanges } from './run-changes.ts';
import type { AnswerCandidate } from '../core/types.ts';

export type Candidate =
  | { readonly kind: 'region' | 'token'; readonly index: number }
  | { readonly kind: 'head'; readonly place: HeadPlace };

/** What one run says: the best answer, the score of the first one, and by how much its logit leads. */
export interface Standing {
  readonly best: AnswerCandidate;
  readonly score: number;
  /** The first answer's logit less the best other one; below 0 it has lost. */
  readonly lead: number;
}

export interface FoundFlip extends Pick<Flip, 'to' | 'steps' | 'change' | 'runs'> {}

/** @param judge reads the logits of a run */
export async function findFlip(
  run: RunChanges,
  candidates: readonly Candidate[],
  judge: (logits: Float32Array) => Standing,
  { base, maxSteps }: { readonly base: Change; readonly maxSteps: number },
  onProgress: (runs: number, steps: readonly FlipStep[]) => void,
): Promise<FoundFlip> {
  const steps: FlipStep[] = [];
  let change = base;
  let left = [...candidates];
  let runs = 0;
  while (steps.length < maxSteps && left.length > 0) {
    const tried = left;
    const soFar = change;
    let found: { readonly candidate: Candidate; readonly standing: Standing } | null = null;
    for await (const { index, logits } of run(tried.map((one) => bothChanges(soFar, changeOf(one))))) {
      const candidate = tried[index];
      const standing = judge(logits);
      if (candidate && (found === null || standing.lead < found.standing.lead))
        found = { candidate, standing };
      runs += 1;
      onProgress(runs, steps);
    }
    if (found === null) break;
    const { candidate, standing } = found;
    steps.push({ ...candidate, best: standing.best, score: standing.score });
    change = bothChanges(change, changeOf(candidate));
    if (standing.lead < 0) return { to: standing.best, steps, change, runs };
    left = tried.filter((one) => one !== candidate);
  }
  return { to: null, steps, change, runs };
}

function changeOf(candidate: Candidate): Change {
  if (candidate.kind === 'head') return { closedHeads: [candidate.place] };
  return candidate.kind === 'region'
    ? { hiddenRegions: [candidate.index] }
    : { hiddenTokens: [candidate.index] };
}
