/** What a changed run looks like beside the plain one. Pure. */
import { WHOLE_IMAGE } from '../../core/boxes.ts';
import { percent } from '../../core/percent.ts';
import { regionName } from '../../core/region-name.ts';
import type { BoundingBox, Prediction, Token } from '../../core/types.ts';
import type { Edits, LabState, Outcome } from './lab-state.ts';
import type { Exchange } from '../work/state.ts';

/** A region as the edits have it; its place in the list is its index in `Edits.hiddenRegions`. */
export interface EditedRegion {
  readonly box: BoundingBox;
  readonly name: string;
  readonly isHidden: boolean;
  /** Drawn or moved by hand. */
  readonly isOwn: boolean;
}

export interface ComparedAnswer {
  readonly answer: string;
  /** Probability in the plain run, 0..1; null when it was not among its best. */
  readonly before: number | null;
  readonly after: number;
}

/** The outcome on screen: the latest one, or while that is on its way the one before. */
export function selectOutcome({ outcome }: Pick<LabState, 'outcome'>): Outcome | null {
  if (outcome.status === 'done') return outcome.result;
  return outcome.status === 'running' ? outcome.progress : null;
}

export function editedRegions(
  { scene }: Exchange,
  edits: Edits,
  outcome: Outcome | null,
): readonly EditedRegion[] {
  const entries = edits.regions ?? scene.regions.map((_, index) => index);
  // A box that was drawn has a name only once the detector has looked at it.
  const looked = outcome?.edits.regions === edits.regions ? (outcome?.scene.regions ?? []) : [];
  return entries.map((entry, index) => {
    const region = typeof entry === 'number' ? scene.regions[entry] : looked[index];
    return {
      box: typeof entry === 'number' ? (region?.box ?? WHOLE_IMAGE) : entry,
      name: region ? regionName(region) : 'new box',
      isHidden: edits.hiddenRegions.includes(index),
      isOwn: typeof entry !== 'number',
    };
  });
}

/** The words of the question that is asked now; empty until a reworded one has been read. */
export function editedTokens(
  { prediction }: Exchange,
  { question }: Edits,
  outcome: Outcome | null,
): readonly Token[] {
  if (question === null) return prediction.tokens;
  return outcome?.edits.question === question ? outcome.prediction.tokens : [];
}

/** The answers of the changed run by falling score, the plain run's best one always among them. */
export function compareAnswers(before: Prediction, after: Prediction, count: number): ComparedAnswer[] {
  const [best] = before.answers;
  const rows = after.answers.slice(0, count).map(({ answer, score }) => ({
    answer,
    before: before.answers.find((each) => each.answer === answer)?.score ?? null,
    after: score,
  }));
  if (!best || rows.some(({ answer }) => answer === best.answer)) return rows;
  const followed = after.followed?.find(({ answer }) => answer === best.answer);
  return [
    ...rows.slice(0, count - 1),
    { answer: best.answer, before: best.score, after: followed?.score ?? 0 },
  ];
}

export function hasFlipped(before: Prediction, after: Prediction): boolean {
  return before.answers[0]?.answer !== after.answers[0]?.answer;
}

/** “The answer flips from “brown” to “two”, 40 %. “brown” falls from 63 % to 12 %.” */
export function outcomeSentence(before: Prediction, after: Prediction): string {
  const [was] = before.answers;
  const [now] = after.answers;
  if (!was || !now) return 'No answer.';
  const kept = compareAnswers(before, after, after.answers.length + 1).find(
    ({ answer }) => answer === was.answer,
  );
  const move = moveWords(was.score, kept?.after ?? 0);
  return hasFlipped(before, after)
    ? `The answer flips from “${was.answer}” to “${now.answer}”, ${percent(now.score)}. “${was.answer}” ${move}.`
    : `Still “${was.answer}”: it ${move}.`;
}

function moveWords(before: number, after: number): string {
  const [from, to] = [percent(before), percent(after)];
  if (from === to) return `stays at ${from}`;
  return `${after < before ? 'falls' : 'rises'} from ${from} to ${to}`;
}
