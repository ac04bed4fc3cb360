/** The ways in which a pack's answers can be explained. */
import type { ExplanationMethod } from '../../core/explanation.ts';
import type { ModelPack } from '../../core/pack/pack.ts';
import { METHODS } from '../../explain/registry.ts';

export function methodsOf({ lxmert }: Pick<ModelPack, 'lxmert'>): readonly ExplanationMethod[] {
  const hasGradients = lxmert.explain !== undefined;
  return METHODS.filter(({ needs }) => needs === null || hasGradients).map(({ id }) => id);
}
