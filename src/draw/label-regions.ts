/** Which regions carry a label on the photo, and where. */
import type { ImageSize, Region } from '../core/types.ts';
import { toPixels } from './frame.ts';
import { textWidth } from './measure-text.ts';
import { placeLabel, placeLabels, type LabelRequest, type PlacedLabel } from './place-labels.ts';

export const LABEL_FONT = {
  family: '"Helvetica Neue", "Segoe UI", "Liberation Sans", Arial, sans-serif',
  sizePx: 12,
};
const LABEL_HEIGHT = 18;
const LABEL_PADDING = 5;
/** One label for each of these square pixels of photo, so that small screens stay readable. */
const AREA_PER_LABEL = 22_000;

export interface LabelledRegion {
  readonly index: number;
  readonly region: Region;
  readonly text: string;
}

export interface WordedLabel extends PlacedLabel {
  readonly text: string;
}

/** `candidates` in order of importance; while a region is pointed at, it alone has a label. */
export function arrangeLabels(
  candidates: readonly LabelledRegion[],
  pointedAt: LabelledRegion | null,
  frame: ImageSize,
): readonly WordedLabel[] {
  const limit = Math.max(4, Math.min(16, Math.round((frame.width * frame.height) / AREA_PER_LABEL)));
  if (pointedAt) {
    return [{ ...placeLabel(labelRequest(pointedAt, frame), frame), text: pointedAt.text }];
  }
  const requests = candidates.map((each) => labelRequest(each, frame));
  const texts = new Map(candidates.map(({ index, text }) => [index, text]));
  return placeLabels(requests, frame, limit).map(({ index, rect }) => ({
    index,
    rect,
    text: texts.get(index) ?? '',
  }));
}

function labelRequest({ index, region, text }: LabelledRegion, frame: ImageSize): LabelRequest {
  const width = Math.min(frame.width, Math.ceil(textWidth(text, LABEL_FONT)) + 2 * LABEL_PADDING);
  return { index, box: toPixels(region.box, frame), label: { width, height: LABEL_HEIGHT } };
}
