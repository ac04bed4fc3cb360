/** What a class score is worth: how often a name of that score is right, by a logistic curve over the score's logit. */

/** Fitted by models/detector/score_calibration.py, which names the source of the formula. */
export interface ScoreCalibration {
  readonly slope: number;
  readonly shift: number;
}

/** Scores nearer to 0 or 1 count as this near. */
const CERTAIN = 1e-4;

/** 1 / (1 + exp(−(slope · logit(score) + shift))); the score itself where a pack was not calibrated. */
export function calibratedScore(score: number, calibration: ScoreCalibration | undefined): number {
  if (!calibration) return score;
  const safe = Math.min(Math.max(score, CERTAIN), 1 - CERTAIN);
  const logit = Math.log(safe / (1 - safe));
  return 1 / (1 + Math.exp(-(calibration.slope * logit + calibration.shift)));
}
