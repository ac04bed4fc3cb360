/** The attention on screen as one sentence, and names for its rows and columns. */
import { describeRegionAttention, describeTokenAttention } from './describe-attention.ts';
import type { AttentionModule } from '../../core/types.ts';
import type { AttentionAxis } from '../inquiry/select-attention.ts';
import type { Exchange } from '../work/state.ts';
import { regionName } from '../../core/region-name.ts';
import type { ShownAttention } from '../inquiry/show-attention.ts';

export const MODULES: readonly { readonly module: AttentionModule; readonly name: string }[] = [
  { module: 'textToRegion', name: 'Words → regions' },
  { module: 'regionToText', name: 'Regions → words' },
  { module: 'textSelf', name: 'Words → words, after crossing' },
  { module: 'regionSelf', name: 'Regions → regions, after crossing' },
  { module: 'language', name: 'Words → words, question alone' },
  { module: 'vision', name: 'Regions → regions, photo alone' },
];

export function moduleName(module: AttentionModule): string {
  return MODULES.find((each) => each.module === module)?.name ?? module;
}

/** “From “cup”: mostly the cup in the middle, 41 %.” */
export function describeFocusedAttention({ exchange, focused }: ShownAttention): string {
  const { scene, prediction } = exchange;
  const { kind, index } = focused.focus;
  const isAnswer = kind === 'token' && index === 0;
  const name = isAnswer ? 'the answer ([CLS])' : axisName(exchange, kind, index);
  const attended =
    focused.over === 'region'
      ? describeRegionAttention(focused.weights, scene.regions)
      : describeTokenAttention(focused.weights, prediction.tokens);
  return `${focused.direction === 'from' ? 'From' : 'Towards'} ${name}: ${attended}.`;
}

/** “cup” for a token, “3 white cup” for a region. */
export function axisName({ scene, prediction }: Exchange, axis: AttentionAxis, index: number): string {
  if (axis === 'token') return `“${prediction.tokens[index]?.text ?? ''}”`;
  const region = scene.regions[index];
  return region ? `${index + 1} ${regionName(region)}` : String(index + 1);
}

/** Said wherever attention can be taken for the reason of an answer. */
export const ATTENTION_CAVEAT =
  'Attention is not explanation: it shows where the model looked, not what its answer rests on.';
