/** A search for a flip in words. Pure. */
import type { Flip } from '../../core/explanation.ts';
import type { Candidate } from '../../explain/find-flip.ts';
import { percent } from '../../core/percent.ts';
import { regionName } from '../../core/region-name.ts';
import { moduleName } from './attention-words.ts';
import type { Exchange } from '../work/state.ts';

/** “2 steps turn “brown” into “two”, 40 %.” */
export function flipSentence({ from, to, steps }: Flip): string {
  const count = steps.length === 1 ? '1 step turns' : `${steps.length} steps turn`;
  return to
    ? `${count} “${from.answer}” into “${to.answer}”, ${percent(to.score)}.`
    : `“${from.answer}” holds: ${steps.length} steps did not flip it.`;
}

/** “Without box 3, brown dog”, “Without “color””, “Without head 2 of layer 1, words → regions”. */
export function flipStepName(step: Candidate, { scene, prediction }: Exchange): string {
  if (step.kind === 'head') {
    const { module, layer, head } = step.place;
    return `Without head ${head + 1} of layer ${layer + 1}, ${moduleName(module)}`;
  }
  if (step.kind === 'token') return `Without “${prediction.tokens[step.index]?.text ?? ''}”`;
  const region = scene.regions[step.index];
  return `Without box ${step.index + 1}${region ? `, ${regionName(region)}` : ''}`;
}
