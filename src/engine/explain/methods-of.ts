/** The ways in which a pack's answers can be explained. */
import { EXPLANATION_METHODS, type ExplanationMethod } from '../../core/explanation.ts';
import type { ModelPack } from '../../core/pack/pack.ts';

export function methodsOf({ lxmert }: Pick<ModelPack, 'lxmert'>): readonly ExplanationMethod[] {
  return EXPLANATION_METHODS.filter((method) => method !== 'relevance' || lxmert.explain !== undefined);
}
