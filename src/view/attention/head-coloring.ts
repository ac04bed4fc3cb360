/** What the cells of the overview stand for: one number for each head, with words for it. */
import type { PerHead } from '../../core/explanation.ts';
import { percent } from '../../core/percent.ts';
import type { AttentionMaps, AttentionModule } from '../../core/types.ts';
import { MODULES } from '../../session/words/attention-words.ts';
import { headName, spreadOf, spreadWords, type ShownHead } from './head-words.ts';
import type { MeasuredHeads } from './use-head-statistics.ts';

export interface HeadColoring {
  /** 0..1; null where there is nothing to say. */
  readonly value: (head: ShownHead) => number | null;
  readonly words: (head: ShownHead) => string;
  /** Ends of the scale that all modules share. */
  readonly lowest: number;
  readonly highest: number;
}

export function statisticColoring({
  modules,
  lowest,
  highest,
}: Pick<MeasuredHeads, 'modules' | 'lowest' | 'highest'>): HeadColoring {
  const spread = (head: ShownHead) => {
    const measured = modules[head.module];
    return measured && spreadOf(measured, head);
  };
  return {
    value: (head) => spread(head)?.median ?? null,
    words: (head) => {
      const found = spread(head);
      return found ? spreadWords(found) : 'it looks at regions, which have no such marks';
    },
    lowest,
    highest,
  };
}

/** Each head's part of all that the heads do to one answer; the parts sum to 1. */
export function importanceColoring(importance: PerHead): HeadColoring {
  const all = Object.values(importance).flatMap(({ data }) => Array.from(data));
  const total = all.reduce((sum, each) => sum + each, 0) || 1;
  const value = ({ module, layer, head }: ShownHead) => {
    const { dims, data } = importance[module];
    return head === 'mean' ? null : (data[layer * dims[1] + head] ?? 0) / total;
  };
  return {
    value,
    words: (head) => {
      const part = value(head);
      return part === null ? 'only single heads have a part' : `${percent(part)} of what all heads do`;
    },
    lowest: 0,
    highest: Math.max(...all) / total,
  };
}

/** Which part of all that the heads do is done by those that look across, 0..1. */
export function crossModalPart(importance: PerHead): number {
  const sum = (module: AttentionModule) => importance[module].data.reduce((most, each) => most + each, 0);
  const across = sum('textToRegion') + sum('regionToText');
  const within = sum('language') + sum('vision') + sum('textSelf') + sum('regionSelf');
  return across + within > 0 ? across / (across + within) : 0;
}

/** “Highest: Words → regions, layer 2, head 1, 97 %. Lowest: …, 12 %.” */
export function extremesSentence(attention: AttentionMaps, { value }: Pick<HeadColoring, 'value'>): string {
  const ranked = MODULES.flatMap(({ module }) => {
    const [layers, heads] = attention[module].dims;
    return Array.from({ length: layers * heads }, (_, index) => {
      const head: ShownHead = { module, layer: Math.floor(index / heads), head: index % heads };
      return { head, measured: value(head) };
    });
  })
    .filter((each): each is typeof each & { readonly measured: number } => each.measured !== null)
    .toSorted((a, b) => b.measured - a.measured);
  const [first, last] = [ranked[0], ranked.at(-1)];
  if (!first || !last) return '';
  const say = ({ head, measured }: typeof first) => `${headName(head)}, ${percent(measured)}`;
  return `Highest: ${say(first)}. Lowest: ${say(last)}.`;
}
