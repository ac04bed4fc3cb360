/** What storing a made pack's weights in fewer bits changed, measured where it was made, against the single precision. */
import type { JsonField } from '../json-field.ts';
import { percent } from '../percent.ts';

/** Shares are 0..1; questions are asked about the regions that single precision finds. */
export interface PrecisionMeasures {
  readonly questions: number;
  /** Questions whose best answer is the same. */
  readonly sameBest: number;
  /** Mean share of the five best answers that are among the five best of the other. */
  readonly sameTopFive: number;
  /** Largest difference of an answer's probability. */
  readonly largestDifference: number;
  /** Share of the attention between words and regions that lies elsewhere: mean total variation over layers, heads and rows. */
  readonly movedAttention: number;
  /** Regions of one photo in single precision. */
  readonly regions: number;
  /** Those that are there with the same name and, but for a tenth of their area, the same box. */
  readonly sameRegions: number;
}

export function parsePrecisionMeasures(field: JsonField): PrecisionMeasures {
  const questions = field.at('questions').count();
  const regions = field.at('regions').count();
  return {
    questions,
    sameBest: field.at('sameBest').number({ min: 0, max: questions, integer: true }),
    sameTopFive: field.at('sameTopFive').fraction(),
    largestDifference: field.at('largestDifference').fraction(),
    movedAttention: field.at('movedAttention').fraction(),
    regions,
    sameRegions: field.at('sameRegions').number({ min: 0, max: regions, integer: true }),
  };
}

export const NOT_MEASURED = 'What fewer bits change in this pack was not measured.';

/** More than one best answer in ten, a tenth of the attention or one region in ten is more than a reader would expect. */
const BOUND = 0.1;

/** What the loss makes worth its room: the detector in single precision, or everything in more bits. */
export function adviceOf(measures: PrecisionMeasures): 'exact-detector' | 'more-bits' | null {
  const { questions, sameBest, movedAttention, regions, sameRegions } = measures;
  if (1 - sameBest / questions > BOUND || movedAttention > BOUND) return 'more-bits';
  return 1 - sameRegions / regions > BOUND ? 'exact-detector' : null;
}

/** @param stored such as `int8` */
export function precisionSentences(measures: PrecisionMeasures, stored: string): readonly string[] {
  const { questions, sameBest, sameTopFive, largestDifference, movedAttention, regions, sameRegions } =
    measures;
  const sentences = [
    `Measured here against single precision: the best answer is the same for ${sameBest} of ${questions} questions, and ${percent(sameTopFive)} of the five best are.`,
    `A probability changes by ${percent(largestDifference)} at most, ${percent(movedAttention)} of the attention moves, and ${sameRegions} of ${regions} regions stay.`,
  ];
  const advice = {
    'more-bits': `That is much: where there is room, make this pack with more bits than ${stored}.`,
    'exact-detector':
      'Those are other regions: where there is room, make this pack with its detector in fp32.',
  };
  const given = adviceOf(measures);
  return given === null ? sentences : [...sentences, advice[given]];
}
