import { describe, expect, it } from 'vitest';
import { boxBetween, isLargeEnough, nudgeBox, shiftBox } from './drag-box.ts';

const box = { xmin: 0.1, ymin: 0.2, xmax: 0.4, ymax: 0.9 };

describe('a box under the pointer', () => {
  it('lies between two corners, in whatever direction it is drawn', () => {
    expect(boxBetween({ x: 0.4, y: 0.2 }, { x: 0.1, y: 0.9 })).toEqual(box);
    expect(isLargeEnough(boxBetween({ x: 0.4, y: 0.2 }, { x: 0.41, y: 0.9 }))).toBe(false);
  });

  it('keeps its size at the edge of the photo', () => {
    const moved = shiftBox(box, -0.5, 0.5);
    expect(moved.xmin).toBe(0);
    expect(moved.xmax).toBeCloseTo(0.3);
    expect(moved.ymax).toBeCloseTo(1);
    expect(moved.ymax - moved.ymin).toBeCloseTo(0.7);
  });
});

describe('a box under the arrow keys', () => {
  it('moves by a hundredth', () => {
    expect(nudgeBox(box, { key: 'ArrowRight', shiftKey: false })?.xmin).toBeCloseTo(0.11);
    expect(nudgeBox(box, { key: 'a', shiftKey: false })).toBeNull();
  });

  it('is resized with Shift, and never vanishes', () => {
    const wider = nudgeBox(box, { key: 'ArrowRight', shiftKey: true });
    expect(wider).toMatchObject({ xmin: 0.1 });
    expect(wider?.xmax).toBeCloseTo(0.41);
    const thin = { ...box, xmax: 0.121 };
    expect(nudgeBox(thin, { key: 'ArrowLeft', shiftKey: true })?.xmax).toBeCloseTo(0.12);
  });
});
