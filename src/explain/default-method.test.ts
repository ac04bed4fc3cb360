import { describe, expect, it } from 'vitest';
import { defaultMethodOf } from './default-method.ts';
import { EXPLANATION_METHODS } from '../core/explanation.ts';

describe('the explanation that comes first', () => {
  it('is the truest where runs are cheap, one of few runs where they are not', () => {
    expect(defaultMethodOf(EXPLANATION_METHODS, 192)).toBe('leave-one-out-keep-one');
    expect(defaultMethodOf(EXPLANATION_METHODS, 768)).toBe('relevance');
  });

  it('is one that can be had', () => {
    const withoutGradients = EXPLANATION_METHODS.filter((method) => method !== 'relevance');
    expect(defaultMethodOf(withoutGradients, 768)).toBe('leave-one-out');
    expect(defaultMethodOf(['rollout', 'attention'], 192)).toBe('attention');
    expect(defaultMethodOf([], 192)).toBe('attention');
  });
});
