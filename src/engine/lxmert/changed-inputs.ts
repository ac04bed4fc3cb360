/** What LXMERT reads in a changed run. Several runs are one batch, so that a graph runs once for all of them. */
import { boxOwners } from '../../core/change.ts';
import type { Change } from '../../core/explanation.ts';
import { VqaError } from '../../core/errors.ts';
import { BOX_STRIDE, WHOLE_IMAGE } from '../../core/boxes.ts';
import { tensor, type Tensor } from '../../core/tensor.ts';
import type { RegionFeatures } from '../../core/types.ts';

export interface VisionInputs {
  readonly features: Tensor<readonly ['batch', 'region', 'feature']>;
  readonly boxes: Tensor<readonly ['batch', 'region', 'box']>;
  readonly mask: Tensor<readonly ['batch', 'region']>;
}

export interface LanguageInputs {
  readonly ids: Tensor<readonly ['batch', 'token'], Int32Array>;
  readonly mask: Tensor<readonly ['batch', 'token']>;
}

/**
 * Which rows of the regions a batch has: `every` region its own, or `seen`, without those that no run of the batch needs
 * a row for. What is masked away then costs nothing, but attention over rows is no longer attention over regions.
 */
export type RegionRows = 'every' | 'seen';

export function visionInputs(
  { features, boxes }: RegionFeatures,
  changes: readonly Change[],
  rowsOf: RegionRows = 'every',
): VisionInputs {
  const [all, width] = features.dims;
  const batch = changes.length;
  const regions =
    rowsOf === 'every' ? all : Math.max(1, ...changes.map((change) => seenRegions(change, all)));
  const shown = {
    features: new Float32Array(batch * regions * width),
    boxes: new Float32Array(batch * regions * BOX_STRIDE),
    mask: new Float32Array(batch * regions),
  };
  for (const [run, change] of changes.entries()) {
    const masks = isMasking(change);
    const hidden = new Set(change.hiddenRegions);
    let row = run * regions;
    for (const [region, owner] of boxOwners(change, all).entries()) {
      const isGone = masks && hidden.has(region);
      if (!isGone) {
        const box = boxes.data.subarray(owner * BOX_STRIDE, (owner + 1) * BOX_STRIDE);
        shown.boxes.set(box, row * BOX_STRIDE);
        shown.mask[row] = 1;
      }
      // Without features it is not counted either: the model counts what regions show.
      if (!hidden.has(region)) {
        shown.features.set(features.data.subarray(region * width, (region + 1) * width), row * width);
      }
      if (!isGone || rowsOf === 'every') row += 1;
    }
    if (masks && hidden.size === all) showNothing(shown, run * regions);
  }
  return {
    features: tensor<readonly ['batch', 'region', 'feature']>([batch, regions, width], shown.features),
    boxes: tensor<readonly ['batch', 'region', 'box']>([batch, regions, BOX_STRIDE], shown.boxes),
    mask: tensor<readonly ['batch', 'region']>([batch, regions], shown.mask),
  };
}

/** How many regions a changed run has a row for: a region that is not masked keeps its place, whatever it shows. */
export function seenRegions(change: Change, regions: number): number {
  return isMasking(change) ? regions - new Set(change.hiddenRegions).size : regions;
}

function isMasking({ removal = 'mask' }: Change): boolean {
  return removal === 'mask';
}

/** Attention over no region at all would be a number divided by zero: one empty region covers the photo. */
function showNothing(shown: { boxes: Float32Array; mask: Float32Array }, row: number): void {
  const { xmin, ymin, xmax, ymax } = WHOLE_IMAGE;
  shown.boxes.set([xmin, ymin, xmax, ymax], row * BOX_STRIDE);
  shown.mask[row] = 1;
}

/** @param maskId the piece that stands for a hidden word; below 0 when the tokenizer has none */
export function languageInputs(ids: Int32Array, changes: readonly Change[], maskId: number): LanguageInputs {
  const tokens = ids.length;
  const batch = changes.length;
  const shown = { ids: new Int32Array(batch * tokens), mask: new Float32Array(batch * tokens).fill(1) };
  for (const [run, change] of changes.entries()) {
    shown.ids.set(ids, run * tokens);
    for (const token of change.hiddenTokens ?? []) {
      if (isMasking(change)) shown.mask[run * tokens + token] = 0;
      else if (maskId >= 0) shown.ids[run * tokens + token] = maskId;
      else throw new VqaError('change-invalid', 'The pack has no [MASK] to put in place of a word.');
    }
  }
  return {
    ids: tensor<readonly ['batch', 'token'], Int32Array>([batch, tokens], shown.ids),
    mask: tensor<readonly ['batch', 'token']>([batch, tokens], shown.mask),
  };
}
