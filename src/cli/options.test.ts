import { describe, expect, it } from 'vitest';
import { listOf, oneOf, required, wholeNumber } from './options.ts';

describe('options', () => {
  it('are taken as they are meant', () => {
    expect(required('--pack', 'packs/any')).toBe('packs/any');
    expect(wholeNumber('--limit', '12')).toBe(12);
    expect(oneOf('--scope', 'words', ['regions', 'words'])).toBe('words');
    expect(listOf('--removals', 'mask, zero-feature', ['mask', 'zero-feature'])).toEqual([
      'mask',
      'zero-feature',
    ]);
  });

  it.each([
    [() => required('--pack', undefined), '--pack is missing'],
    [() => wholeNumber('--limit', '1.5'), '--limit is 1.5, must be a whole number above 0'],
    [() => wholeNumber('--limit', '0'), '--limit is 0, must be a whole number above 0'],
    [() => oneOf('--scope', 'all', ['regions', 'words']), '--scope is all, must be of regions, words'],
    [() => listOf('--removals', 'mask,none', ['mask']), '--removals is none, must be of mask'],
  ])('are refused by name: %s', (read, complaint) => {
    expect(read).toThrow(complaint);
  });
});
