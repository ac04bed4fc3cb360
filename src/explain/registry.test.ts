// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CALCULATIONS } from './calculations.ts';
import { HOW } from './how.ts';
import { METHODS, METHOD_IDS, defaultMethodOf, methodOf } from './registry.ts';

describe('the methods of explanation', () => {
  it('each have one description and one calculation, by one id', () => {
    expect(new Set(METHOD_IDS).size).toBe(METHODS.length);
    expect(Object.keys(CALCULATIONS).toSorted()).toEqual(METHOD_IDS.toSorted());
  });

  it('keep the ids that addresses and recordings were written with', () => {
    const written = [
      'attention',
      'rollout',
      'relevance',
      'leave-one-out',
      'leave-one-out-keep-one',
      'shapley',
    ];
    expect(METHOD_IDS).toEqual(expect.arrayContaining(written));
    expect(() => methodOf('guess')).toThrow(RangeError);
  });

  it('are named nowhere else, so that a new one is its file and three entries in lists', () => {
    const folder = resolve(import.meta.dirname, '..');
    // These two come with every answer and with the gradients, and the page treats them apart.
    const ids = METHOD_IDS.filter((id) => id !== 'attention' && id !== 'relevance');
    const named = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/u.test(file) && !/\.test\.|testing|integration/u.test(file))
      .filter((file) => !/^explain[\\/](?:(?:registry|calculations|how)\.ts|methods)/u.test(file))
      .filter((file) => {
        const text = readFileSync(join(folder, file), 'utf8');
        return ids.some((id) => text.includes(`'${id}'`));
      });
    expect(named).toEqual([]);
  });

  it.each(METHODS)('$id says what its numbers can mean', ({ id, isSigned, removals, cost }) => {
    // Only what is taken away can be missed or do harm.
    expect(isSigned).toBe(removals !== 'none');
    expect(cost === 'free' || cost === 'one').toBe(removals === 'none');
    for (const sentence of [HOW[id], CALCULATIONS[id]?.scale]) expect(sentence).toMatch(/^[A-Z].*\.$/u);
  });
});

describe('the explanation that comes first', () => {
  it('is the first in the list, or where runs are dear one of few runs', () => {
    expect(defaultMethodOf(METHOD_IDS, 192)).toBe(METHOD_IDS[0]);
    expect(defaultMethodOf(METHOD_IDS, 768)).toBe('attended-relevance');
    const withoutGradients = METHODS.filter(({ needs }) => needs === null).map(({ id }) => id);
    expect(defaultMethodOf(withoutGradients, 192)).toBe('leave-one-out-keep-one');
    expect(defaultMethodOf(withoutGradients, 768)).toBe('leave-one-out');
  });

  it('is one that can be had', () => {
    expect(defaultMethodOf(['rollout', 'relevance'], 192)).toBe('relevance');
    expect(defaultMethodOf(['rollout', 'attention'], 768)).toBe('attention');
    expect(defaultMethodOf(['rollout', 'attention'], 192)).toBe('attention');
    expect(defaultMethodOf([], 192)).toBe('attention');
  });
});
