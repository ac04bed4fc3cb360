import { describe, expect, it } from 'vitest';
import type { Change } from '../../core/explanation.ts';
import { keepOne } from './leave-one-out-keep-one.ts';
import { leaveOneOut } from './leave-one-out.ts';
import type { RunChanges } from '../run-changes.ts';
import { ATTENDED, PIECES, WORTH, first, model, worthOf } from '../testing/run-changes-fake.ts';

describe('leaveOneOut', () => {
  it('finds what each piece is worth, those that are attended to first', async () => {
    const known: number[] = [];
    const settings = { target: first, whole: worthOf({}), attended: ATTENDED };
    const { tokens, regions } = await leaveOneOut(model(), PIECES, settings, (_done, _total, evidence) =>
      known.push([...evidence.tokens, ...evidence.regions].findLastIndex((value) => !Number.isNaN(value))),
    );
    expect([...tokens]).toEqual(WORTH.tokens);
    expect([...regions]).toEqual(WORTH.regions);
    // Token 2 before token 1, then regions 2, 0, 1.
    expect(known).toEqual([3, 3, 6, 6, 6]);
  });
});

describe('keepOne', () => {
  it('is the mean of what is lost without a piece and gained from it alone, as it becomes known', async () => {
    const [whole, together] = [worthOf({}, 0.5), 0.5];
    const settings = { target: first, whole, attended: ATTENDED };
    const known: number[] = [];
    // Under the second removal nothing is ever lost or gained.
    const nothing: RunChanges = async function* run(changes) {
      for (const index of changes.keys())
        yield await Promise.resolve({ index, logits: Float32Array.of(whole) });
    };
    const { regions, tokens, runs } = await keepOne(
      [model(together), nothing],
      PIECES,
      settings,
      (done, total, evidence) => {
        expect(total).toBe(2 * (2 + 2 * 5));
        known.push(evidence.regions[0]!);
        expect(done).toBeLessThanOrEqual(total);
      },
    );
    // Alone, region 0 has no region 2 to be together with: 1 less without it, 0.5 more with it.
    expect([...regions]).toEqual([(1 + 0.5) / 4, (-0.25 - 0.25) / 4, (1.5 + 1) / 4]);
    expect([...tokens]).toEqual([0, 1, 0.0625, 0]);
    expect(known.slice(0, 4)).toEqual([Number.NaN, Number.NaN, Number.NaN, 1]);
    expect(runs).toBe(2 * (2 + 2 * 5));
  });

  it('compares a region that is alone with none at all, and a word likewise', async () => {
    const seen: Change[] = [];
    const watching: RunChanges = async function* run(changes) {
      seen.push(...changes);
      yield* model()(changes);
    };
    await keepOne(
      [watching],
      PIECES,
      { target: first, whole: worthOf({}), attended: ATTENDED },
      () => undefined,
    );
    expect(seen).toContainEqual({ hiddenRegions: [0, 1, 2] });
    expect(seen).toContainEqual({ hiddenRegions: [0, 2] });
    expect(seen).toContainEqual({ hiddenTokens: [1, 2] });
    expect(seen).toContainEqual({ hiddenTokens: [1] });
  });
});
