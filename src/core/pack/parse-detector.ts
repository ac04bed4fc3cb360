/** The sections `image` and `detector` of `pack.json`. */
import {
  LINEAGES,
  LINEAGE_NAMES,
  REGION_BOXES,
  RESAMPLINGS,
  SUPPRESSIONS,
  type DetectorSettings,
  type ImageSettings,
  type Lineage,
  type Resize,
} from './detector-settings.ts';
import type { JsonField } from '../json-field.ts';

/** Pixels per side of a network's input; more would not fit a browser's memory. */
const MAX_SIDE = 4096;
/** Boxes that are compared with each other, one by one. */
const MAX_BOXES = 100_000;
const MAX_REGIONS = 300;
const MAX_BINS = 64;
/** The strides of a detector whose input is stretched need whole cells. */
const SIDE_STEP = 32;

/** What a list of files in `pack.json` says of a path. */
type FileField = (field: JsonField) => string;

function optional<Value, Default>(
  field: JsonField,
  read: (field: JsonField) => Value,
  otherwise: Default,
): Value | Default {
  return field.value === undefined ? otherwise : read(field);
}

/** A value that only a lineage can stand for. */
function given<Value>(field: JsonField, read: (field: JsonField) => Value, preset: Value | undefined): Value {
  return field.value === undefined && preset !== undefined ? preset : read(field);
}

const count = (field: JsonField): number => field.count(MAX_BOXES);
/** As many as a recording can hold. */
const regionCount = (field: JsonField): number => field.count(MAX_REGIONS);
const fraction = (field: JsonField): number => field.fraction();

/** Null for a pack that says everything itself. */
function lineageOf(detector: JsonField): DetectorSettings['lineage'] {
  return optional(detector.at('lineage'), (field) => field.oneOf(LINEAGE_NAMES), null);
}

export function parseImage(field: JsonField, detector: JsonField): ImageSettings {
  const lineage = lineageOf(detector);
  const triple = (name: string): readonly [number, number, number] => {
    const [first = 0, second = 0, third = 0] = field.at(name).numbers(3);
    return [first, second, third];
  };
  const std = triple('std');
  if (std.some((deviation) => deviation <= 0)) field.at('std').fail('three numbers above 0');
  return {
    resize: parseResize(field, lineage && LINEAGES[lineage]),
    channelOrder: field.at('channelOrder').oneOf(['RGB', 'BGR']),
    mean: triple('mean'),
    std,
  };
}

function parseResize(image: JsonField, lineage: Lineage | null): Resize {
  const resize = image.at('resize');
  if (resize.value === undefined && lineage !== null) return lineage.resize;
  const rule = optional(resize, (field) => field.at('rule').oneOf(['stretch', 'short-side']), 'stretch');
  if (rule === 'short-side') {
    return {
      rule,
      shortSide: resize.at('shortSide').count(MAX_SIDE),
      longSide: resize.at('longSide').count(MAX_SIDE),
      resampling: optional(resize.at('resampling'), (field) => field.oneOf(RESAMPLINGS), 'linear'),
    };
  }
  const side = (name: string): number => {
    const length = image.at(name).count(MAX_SIDE);
    return length % SIDE_STEP === 0 ? length : image.at(name).fail(`a multiple of ${SIDE_STEP}`);
  };
  const resampling = optional(
    resize,
    (field) => optional(field.at('resampling'), (option) => option.oneOf(RESAMPLINGS), 'triangle'),
    'triangle',
  );
  return { rule, width: side('width'), height: side('height'), resampling };
}

export function parseDetector(field: JsonField, file: FileField): DetectorSettings {
  const lineage = lineageOf(field);
  const preset = lineage && LINEAGES[lineage];
  return {
    backbone: parseBackbone(field.at('backbone'), file),
    roiHead: file(field.at('roiHead')),
    featureMaps: field.at('featureMaps').texts(),
    lineage,
    pooling: optional(
      field.at('pooling'),
      (pooling) => ({
        bins: pooling.at('bins').count(MAX_BINS),
        stride: pooling.at('stride').count(MAX_SIDE),
      }),
      null,
    ),
    roiChunk: optional(field.at('roiChunk'), count, null),
    keepRegions: optional(field.at('keepRegions'), (flag) => flag.flag(), false),
    proposals: parseProposals(field.at('proposals'), preset?.proposals),
    regions: parseRegions(field.at('regions'), preset?.regions),
    ...parseCalibration(field.at('scoreCalibration')),
  };
}

function parseCalibration(field: JsonField): Pick<DetectorSettings, 'scoreCalibration'> {
  if (field.value === undefined) return {};
  return {
    scoreCalibration: { slope: field.at('slope').number({ min: 0 }), shift: field.at('shift').number() },
  };
}

/** One graph by its name, or several in the order in which they run. */
function parseBackbone(field: JsonField, file: FileField): readonly string[] {
  if (!Array.isArray(field.value)) return [file(field)];
  return field.value.length === 0 ? field.fail('at least one file') : field.items().map(file);
}

function parseProposals(
  field: JsonField,
  preset: Lineage['proposals'] | undefined,
): DetectorSettings['proposals'] {
  if (field.value === undefined && preset !== undefined) return preset;
  return {
    candidates: optional(field.at('candidates'), count, preset?.candidates ?? null),
    count: given(field.at('count'), count, preset?.count),
    minScore: given<number | null>(field.at('minScore'), fraction, preset?.minScore),
    nmsIou: given(field.at('nmsIou'), fraction, preset?.nmsIou),
    minSidePixels: optional(
      field.at('minSidePixels'),
      (side) => side.number({ min: 0 }),
      preset?.minSidePixels ?? null,
    ),
  };
}

function parseRegions(field: JsonField, preset: Lineage['regions'] | undefined): DetectorSettings['regions'] {
  const later = optional(field.at('laterNmsIous'), (list) => list.items().map(fraction), []);
  const first = field.at('nmsIou');
  return {
    count: given(field.at('count'), regionCount, preset?.count),
    nmsIous: first.value === undefined && preset !== undefined ? preset.nmsIous : [fraction(first), ...later],
    suppression: optional(
      field.at('suppression'),
      (option) => option.oneOf(SUPPRESSIONS),
      preset?.suppression ?? 'any-class',
    ),
    boxes: optional(field.at('boxes'), (option) => option.oneOf(REGION_BOXES), preset?.boxes ?? 'refined'),
    attributeMinScore: field.at('attributeMinScore').fraction(),
  };
}
