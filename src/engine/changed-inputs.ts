/** What LXMERT reads in a changed run. Several runs are one batch, so that a graph runs once for all of them. */
import { boxOwners } from '../core/change.ts';
import type { Change } from '../core/explanation.ts';
import { VqaError } from '../core/errors.ts';
import { BOX_STRIDE, WHOLE_IMAGE } from '../core/boxes.ts';
import { tensor, type Tensor } from '../core/tensor.ts';
import type { RegionFeatures } from '../core/types.ts';

export interface VisionInputs {
  readonly features: Tensor<readonly ['batch', 'region', 'feature']>;
  readonly boxes: Tensor<readonly ['batch', 'region', 'box']>;
  readonly mask: Tensor<readonly ['batch', 'region']>;
}

export interface LanguageInputs {
  readonly ids: Tensor<readonly ['batch', 'token'], Int32Array>;
  readonly mask: Tensor<readonly ['batch', 'token']>;
}

export function visionInputs({ features, boxes }: RegionFeatures, changes: readonly Change[]): VisionInputs {
  const [regions, width] = features.dims;
  const batch = changes.length;
  const shown = {
    features: new Float32Array(batch * regions * width),
    boxes: new Float32Array(batch * regions * BOX_STRIDE),
    mask: new Float32Array(batch * regions).fill(1),
  };
  for (const [run, change] of changes.entries()) {
    shown.features.set(features.data, run * regions * width);
    for (const [region, owner] of boxOwners(change, regions).entries()) {
      const box = boxes.data.subarray(owner * BOX_STRIDE, (owner + 1) * BOX_STRIDE);
      shown.boxes.set(box, (run * regions + region) * BOX_STRIDE);
    }
    const masks = (change.removal ?? 'mask') === 'mask';
    const hidden = new Set(change.hiddenRegions);
    for (const region of hidden) {
      const row = run * regions + region;
      // Without features it is not counted either: the model counts what regions show.
      shown.features.fill(0, row * width, (row + 1) * width);
      if (!masks) continue;
      shown.boxes.fill(0, row * BOX_STRIDE, (row + 1) * BOX_STRIDE);
      shown.mask[row] = 0;
    }
    if (masks && hidden.size === regions) showNothing(shown, run * regions);
  }
  return {
    features: tensor<readonly ['batch', 'region', 'feature']>([batch, regions, width], shown.features),
    boxes: tensor<readonly ['batch', 'region', 'box']>([batch, regions, BOX_STRIDE], shown.boxes),
    mask: tensor<readonly ['batch', 'region']>([batch, regions], shown.mask),
  };
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
      if ((change.removal ?? 'mask') === 'mask') shown.mask[run * tokens + token] = 0;
      else if (maskId >= 0) shown.ids[run * tokens + token] = maskId;
      else throw new VqaError('change-invalid', 'The pack has no [MASK] to put in place of a word.');
    }
  }
  return {
    ids: tensor<readonly ['batch', 'token'], Int32Array>([batch, tokens], shown.ids),
    mask: tensor<readonly ['batch', 'token']>([batch, tokens], shown.mask),
  };
}
