import { describe, expect, it } from 'vitest';
import { calibratedScore } from './calibrated-score.ts';

describe('a calibrated score', () => {
  it('lies on the logistic curve', () => {
    expect(calibratedScore(0.5, { slope: 0.8, shift: 0 })).toBeCloseTo(0.5, 12);
    // logit(0.2) = −ln 4, halved: −ln 2, so 1 / (1 + 2).
    expect(calibratedScore(0.2, { slope: 0.5, shift: 0 })).toBeCloseTo(1 / 3, 12);
    // One more in the logit multiplies the odds by e.
    expect(calibratedScore(0.2, { slope: 0.5, shift: 1 })).toBeCloseTo(Math.E / (Math.E + 2), 12);
  });

  it('stays a probability at the ends', () => {
    const calibration = { slope: 2, shift: 3 };
    expect(calibratedScore(0, calibration)).toBeGreaterThan(0);
    expect(calibratedScore(1, calibration)).toBeLessThan(1);
  });

  it('is the score where there is no calibration', () => {
    expect(calibratedScore(0.31, undefined)).toBe(0.31);
  });
});
