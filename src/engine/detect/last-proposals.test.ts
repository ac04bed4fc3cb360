import { describe, expect, it, vi } from 'vitest';
import { tensor } from '../../core/tensor.ts';
import { createLastProposals } from './last-proposals.ts';
import type { Proposals } from './run-roi-head.ts';

const proposalsOf = (count: number): Proposals => ({
  maps: {},
  boxes: tensor<readonly ['box', 'corner']>([count, 4], new Float32Array(4 * count)),
  input: { width: 64, height: 32 },
});

describe('proposals of several photos', () => {
  it('are there for the photo looked at last, and worked out again for another', async () => {
    const kept = createLastProposals();
    const [one, other] = [proposalsOf(1), proposalsOf(2)];
    const oneAgain = vi.fn(async () => one);
    const otherAgain = vi.fn(async () => other);
    const ofOne = kept.keep(oneAgain, one);
    const ofOther = kept.keep(otherAgain, other);
    expect(await ofOther()).toBe(other);
    expect(otherAgain).not.toHaveBeenCalled();
    expect(await ofOne()).toBe(one);
    expect(await ofOne()).toBe(one);
    expect(oneAgain).toHaveBeenCalledTimes(1);
    expect(await ofOther()).toBe(other);
    expect(otherAgain).toHaveBeenCalledTimes(1);
  });

  it('are gone once dropped', async () => {
    const kept = createLastProposals();
    const again = vi.fn(async () => proposalsOf(1));
    const proposals = kept.keep(again, proposalsOf(1));
    kept.drop();
    await proposals();
    expect(again).toHaveBeenCalledTimes(1);
  });
});
