import { describe, expect, it } from 'vitest';
import { placeLabel, placeLabels, type LabelRequest } from './place-labels.ts';

const frame = { width: 400, height: 250 };

function crowd(count: number): LabelRequest[] {
  return Array.from({ length: count }, (_, index) => ({
    index,
    box: { x: (index * 37) % 300, y: (index * 53) % 180, width: 90, height: 60 },
    label: { width: 58, height: 16 },
  }));
}

describe('placing labels', () => {
  it('never lets two labels touch or leave the frame', () => {
    const placed = placeLabels(crowd(36), frame, 36);
    expect(placed.length).toBeGreaterThan(10);
    for (const { index, rect } of placed) {
      expect(rect.x).toBeGreaterThanOrEqual(0);
      expect(rect.y).toBeGreaterThanOrEqual(0);
      expect(rect.x + rect.width).toBeLessThanOrEqual(frame.width);
      expect(rect.y + rect.height).toBeLessThanOrEqual(frame.height);
      for (const other of placed.filter((each) => each.index !== index)) {
        const apart =
          rect.x >= other.rect.x + other.rect.width ||
          other.rect.x >= rect.x + rect.width ||
          rect.y >= other.rect.y + other.rect.height ||
          other.rect.y >= rect.y + rect.height;
        expect(apart, `labels ${index} and ${other.index}`).toBe(true);
      }
    }
  });

  it('gives the first boxes their labels and stops at the limit', () => {
    expect(placeLabels(crowd(36), frame, 3).map(({ index }) => index)).toEqual([0, 1, 2]);
  });

  it('puts a label above its box where there is room', () => {
    const request = {
      index: 4,
      box: { x: 50, y: 100, width: 80, height: 80 },
      label: { width: 40, height: 16 },
    };
    expect(placeLabel(request, frame)).toEqual({ index: 4, rect: { x: 50, y: 84, width: 40, height: 16 } });
  });
});
