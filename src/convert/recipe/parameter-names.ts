/** Names of parameters in each lineage of checkpoints, as the one lineage that recipes speak of: Hugging Face's. */
import type { PublishedRole } from '../../core/published.ts';

type Renaming = readonly [pattern: RegExp, name: string];

/** What training in parallel, fine-tuning and older versions of BERT put before or behind a name. */
const LXMERT: readonly Renaming[] = [
  [/^module\./u, ''],
  [/^lxrt_encoder\.model\.(?:module\.)?/u, ''],
  [/^bert\./u, 'lxmert.'],
  [/^logit_fc\./u, 'answer_head.logit_fc.'],
  [/\.gamma$/u, '.weight'],
  [/\.beta$/u, '.bias'],
];
const DETECTOR: readonly Renaming[] = [[/^module\./u, '']];

export function parameterName(name: string, role: PublishedRole): string {
  const renamings = role === 'lxmert' ? LXMERT : DETECTOR;
  return renamings.reduce((renamed, [pattern, replacement]) => renamed.replace(pattern, replacement), name);
}

const NAMES_OF: Readonly<Record<PublishedRole, RegExp>> = {
  lxmert: /^(?:lxmert|answer_head|cls|obj_predict_head)\./u,
  detector: /^(?:backbone|proposal_generator|roi_heads|rpn|res[2-5]|stem|model\.backbone)\b/u,
};

/** Which of the two models these parameters are of; null where their names tell nothing. */
export function roleOfParameters(names: Iterable<string>): PublishedRole | null {
  const all = [...names];
  const shares = (['lxmert', 'detector'] as const).map((role) => ({
    role,
    share:
      all.filter((name) => NAMES_OF[role].test(parameterName(name, role))).length / Math.max(1, all.length),
  }));
  return shares.find(({ share }) => share > 0.5)?.role ?? null;
}

/** Tensors by their names in recipes; where two names become one, the one that needed no renaming counts. */
export function namedAsInRecipes<T>(tensors: ReadonlyMap<string, T>, role: PublishedRole): Map<string, T> {
  const named = new Map<string, T>();
  for (const [name, tensor] of tensors) {
    const renamed = parameterName(name, role);
    if (renamed === name || !named.has(renamed)) named.set(renamed, tensor);
  }
  return named;
}
