import { describe, expect, it } from 'vitest';
import { fakeScene } from '../../core/testing/engine-fake-results.ts';
import { baselinePointings, isFound, pointingLines, pointingOf } from './pointing.ts';

const scene = fakeScene('photo');
const boxOf = (index: number) => scene.regions[index]!.box;
const only = (lit: number) => scene.regions.map((_, index) => Number(index === lit));

describe('pointing', () => {
  it('counts light on what was asked about', () => {
    const hit = pointingOf(scene, only(0), [boxOf(0)]);
    expect(hit.brightest).toBe(1);
    expect(hit.inside).toBeCloseTo(1);
    const elsewhere = { xmin: 0, ymin: 0, xmax: 0.001, ymax: 0.001 };
    expect(pointingOf(scene, only(0), [elsewhere])).toEqual({ brightest: 0, inside: expect.closeTo(0, 2) });
  });

  it('lights nothing that speaks against the answer, and nothing where there is no evidence', () => {
    const against = only(0).map((weight) => -weight);
    expect(pointingOf(scene, against, [boxOf(0)])).toEqual({ brightest: 0, inside: 0 });
    expect(pointingOf(scene, [], [boxOf(0)])).toEqual({ brightest: 0, inside: 0 });
  });

  it('knows whether the thing was found, and what knows nothing', () => {
    expect(isFound(scene.regions, [boxOf(1)])).toBe(true);
    expect(isFound(scene.regions, [{ xmin: 0, ymin: 0, xmax: 0.01, ymax: 0.01 }])).toBe(false);
    const baselines = baselinePointings(scene, [boxOf(0)]);
    const random = baselines.get('random')!;
    expect(random.brightest).toBeGreaterThanOrEqual(1 / scene.regions.length);
    expect(random.brightest).toBeLessThan(1);
  });

  it('prints the best pointer first, with those that were found apart', () => {
    const question = { photo: 'a.jpg', question: 'What?', answer: 'dog', isFound: true };
    const pointings = new Map([
      ['random', { brightest: 0, inside: 0.1 }],
      ['relevance', { brightest: 1, inside: 0.5 }],
    ]);
    const lines = pointingLines([
      { ...question, pointings },
      {
        ...question,
        isFound: false,
        pointings: new Map([...pointings].map(([way]) => [way, { brightest: 0, inside: 0 }])),
      },
    ]);
    expect(lines[0]).toBe('2 questions, 1 of them about something that was found');
    expect(lines[2]).toMatch(/^relevance +0\.50 .* 1\.00 \[1\.00, 1\.00\] +0\.50/u);
    expect(lines[3]).toMatch(/^random/u);
  });
});
