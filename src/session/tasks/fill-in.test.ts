import { describe, expect, it } from 'vitest';
import { startSession } from '../work/session-fixture.ts';
import { createTasks } from './create-tasks.ts';
import { blankWords, fillInWork, textOf, wordsIn } from './fill-in.ts';
import { withoutEach } from './without-each.ts';

it('hides words and keeps the punctuation around them', () => {
  expect(textOf({ sentence: 'A “red” cup, on a table.', hidden: [1, 5] })).toBe(
    'A “[MASK]” cup, on a [MASK].',
  );
  expect(textOf({ sentence: "the dog's   [MASK]!", hidden: [] })).toBe("the dog's [MASK]!");
  expect(wordsIn('')).toEqual([]);
});

it('counts blanks that were typed and words that were hidden, and none that is not there', () => {
  expect(blankWords({ sentence: 'a [MASK] on a table', hidden: [4, 9] })).toEqual([1, 4]);
});

it('shows guesses with and without the photo before the evidence, and follows the hidden word', async () => {
  const { engine, session, open } = startSession();
  const work = fillInWork(createTasks(engine, session));
  await open();
  const seen: (boolean | undefined)[] = [];
  work.subscribe(() => seen.push(work.getState().shown?.result.evidence !== null));
  await work.run({ sentence: 'A frisbee', hidden: [1] });
  const { shown } = work.getState();
  expect(shown?.result.originals).toEqual(['frisbee']);
  expect(shown?.result.seen.masks[0]?.followed?.map(({ word }) => word)).toEqual(['dog', 'frisbee']);
  expect(seen).toContain(false);
  // Three things of three names are taken out, one after the other.
  const changed = engine.calls.filter(({ params }) => JSON.stringify(params).includes('hiddenRegions'));
  expect(changed).toHaveLength(4);
  expect(shown?.result.evidence?.[0]).toHaveLength(3);
});

describe('things', () => {
  const box = { xmin: 0, ymin: 0, xmax: 0.5, ymax: 0.5 };
  const region = (label: string, shift = 0) => ({
    box: { ...box, xmax: box.xmax + shift },
    label,
    score: 1,
    attributes: [],
  });

  it('are taken out with all their boxes that are still there', async () => {
    const regions = [region('cup'), region('dog'), region('cup', 0.1), region('cup', 0.6)];
    const takenOut = async (hidden: readonly number[]) => {
      const taken: (readonly number[])[] = [];
      const without = (gone: readonly number[]) => {
        taken.push(gone);
        return Promise.resolve([1]);
      };
      await withoutEach(regions, [1], without, () => undefined, hidden);
      return taken;
    };
    expect(await takenOut([])).toEqual([[0, 2], [1], [3]]);
    expect(await takenOut([0, 1])).toEqual([[2], [3]]);
  });

  it('bear what the score loses without them', async () => {
    const regions = [region('cup'), region('cup', 0.1), region('dog')];
    const losses = await withoutEach(
      regions,
      [0.75],
      (hidden) => Promise.resolve([hidden.includes(0) ? 0.25 : 1]),
      () => undefined,
    );
    expect([...losses[0]!]).toEqual([0.5, 0, -0.25]);
  });
});
