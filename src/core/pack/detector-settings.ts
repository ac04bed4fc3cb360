/**
 * How a photo becomes the detector's input, and how what the detector says becomes regions.
 *
 * The Visual Genome Faster R-CNN has been run in three ways, with the same weights. `detector.lineage` in `pack.json`
 * chooses one by a word; whatever else stands there of `image.resize`, `detector.proposals` and `detector.regions` goes
 * before it. What a region's features are does not depend on it.
 */
import type { ScoreCalibration } from './calibrated-score.ts';

type Triple = readonly [number, number, number];

/** `triangle` averages over all that a pixel covers when shrinking; `linear` mixes the two nearest, however far it shrinks. */
export const RESAMPLINGS = ['triangle', 'linear'] as const;
export type Resampling = (typeof RESAMPLINGS)[number];

/** Sizes in pixels. */
export type Resize =
  | {
      readonly rule: 'stretch';
      readonly width: number;
      readonly height: number;
      readonly resampling: Resampling;
    }
  /** In proportion, until the short side or the long side reaches its length, whichever comes first. */
  | {
      readonly rule: 'short-side';
      readonly shortSide: number;
      readonly longSide: number;
      readonly resampling: Resampling;
    };

export interface ImageSettings {
  readonly resize: Resize;
  readonly channelOrder: 'RGB' | 'BGR';
  /** In `channelOrder`, on the 0..255 scale. */
  readonly mean: Triple;
  readonly std: Triple;
}

export interface ProposalRule {
  /** How many of the best enter suppression; null: all. */
  readonly candidates: number | null;
  readonly count: number;
  /** Null where scores are logits, or nothing scores too little. */
  readonly minScore: number | null;
  readonly nmsIou: number;
  /** Sides that a proposal must have, in pixels of the photo; 0: any but empty ones; null: empty ones too. */
  readonly minSidePixels: number | null;
}

/** Whether a region gives way to any better one that it overlaps, or only to one of the same class. */
export const SUPPRESSIONS = ['any-class', 'same-class'] as const;
/** The box that a region is shown with and that LXMERT reads. */
export const REGION_BOXES = ['refined', 'proposed'] as const;

export interface RegionRule {
  readonly count: number;
  /** Tried in turn until `count` regions stand apart; after the last, the best of the suppressed fill up. */
  readonly nmsIous: readonly number[];
  readonly suppression: (typeof SUPPRESSIONS)[number];
  readonly boxes: (typeof REGION_BOXES)[number];
  readonly attributeMinScore: number;
}

export interface DetectorSettings {
  /**
   * Files of the graphs pixels -> proposal_boxes, proposal_scores, feature maps. Where there are several, each takes by name
   * what those before it gave, or the pixels: between two of them the pass can be stopped.
   */
  readonly backbone: readonly string[];
  /** File of the graph feature maps (or pooled_regions) and boxes -> class_scores, attribute_scores, refined_boxes, features. */
  readonly roiHead: string;
  readonly featureMaps: readonly string[];
  readonly lineage: LineageName | null;
  /**
   * Regions are max-pooled to bins x bins cells of the one map, whose cells are `stride` pixels of the input apart, before
   * the RoI head sees them; null: the head takes the maps and pools by itself.
   */
  readonly pooling: { readonly bins: number; readonly stride: number } | null;
  /** Proposals that the RoI head takes at once: what bounds its memory, and between which it can be stopped; null: all. */
  readonly roiChunk: number | null;
  /** Whether the regions of a photo are kept in the browser, so that the same photo is not looked at again. */
  readonly keepRegions: boolean;
  readonly proposals: ProposalRule;
  readonly regions: RegionRule;
  /** Of the scores that people read; without it they read the detector’s own. */
  readonly scoreCalibration?: ScoreCalibration;
}

export const LINEAGE_NAMES = ['caffe', 'detectron2', 'hugging-face'] as const;
export type LineageName = (typeof LINEAGE_NAMES)[number];

export interface Lineage {
  readonly resize: Resize;
  readonly proposals: ProposalRule;
  readonly regions: Omit<RegionRule, 'attributeMinScore'>;
}

const PROPOSALS: ProposalRule = {
  candidates: 6000,
  count: 300,
  minScore: null,
  nmsIou: 0.7,
  minSidePixels: 0,
};
const LARGE: Resize = { rule: 'short-side', shortSide: 800, longSide: 1333, resampling: 'linear' };

export const LINEAGES: Readonly<Record<LineageName, Lineage>> = {
  /** The original, on whose regions LXMERT was trained; but for its boxes, which were a pixel wider by convention. */
  caffe: {
    resize: { ...LARGE, shortSide: 600, longSide: 1000 },
    proposals: { ...PROPOSALS, minSidePixels: 16 },
    regions: { count: 36, nmsIous: [0.3], suppression: 'same-class', boxes: 'proposed' },
  },
  detectron2: {
    resize: LARGE,
    proposals: PROPOSALS,
    regions: {
      count: 36,
      nmsIous: [0.5, 0.6, 0.7, 0.8, 0.9],
      suppression: 'any-class',
      boxes: 'refined',
    },
  },
  'hugging-face': {
    resize: LARGE,
    proposals: PROPOSALS,
    regions: { count: 36, nmsIous: [0.5, 0.6, 0.7], suppression: 'any-class', boxes: 'refined' },
  },
};
