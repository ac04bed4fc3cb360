/** Names and sentences for the heads of all modules. */
import type { HeadStatistic, ModuleStatistics, StatisticSpread } from '../../explain/head-statistics.ts';
import { percent } from '../../core/percent.ts';
import type { AttentionModule } from '../../core/types.ts';
import { moduleName } from '../../session/words/attention-words.ts';

/** What the overview can be coloured by: how a head looks, or what it does to the answer. */
export type HeadMeasure = HeadStatistic | 'importance';

export interface MeasureWords {
  readonly measure: HeadMeasure;
  readonly name: string;
  readonly meaning: string;
}

export const MEASURES: readonly MeasureWords[] = [
  {
    measure: 'evenness',
    name: 'Evenness (entropy)',
    meaning: '0 % rests on a single word or region; 100 % is spread over all of them alike.',
  },
  {
    measure: 'breadth',
    name: 'Breadth (keys for 90 %)',
    meaning: 'How many of the words or regions it takes to hold 90 % of the weight.',
  },
  { measure: 'peak', name: 'Peak (heaviest weight)', meaning: 'The heaviest single weight.' },
  {
    measure: 'marks',
    name: 'Rest on [CLS] and [SEP]',
    meaning: 'Weight on the marks around the question, where heads rest that have nothing to say.',
  },
  {
    measure: 'importance',
    name: 'Part in the answer (gradient × attention)',
    meaning:
      'Each head’s part of what all heads do to the answer: |Σ weight × gradient|, of all heads 100 %.',
  },
];

/** What each kind of attention tells, in the order of the blocks. */
export const MODULE_MEANINGS: Readonly<Record<AttentionModule, string>> = {
  language: 'Each word looks at the other words, before the model looks at the photo.',
  vision: 'Each region looks at the other regions, before the model reads the question.',
  textToRegion: 'Each word looks at the photo. The answer comes from here.',
  regionToText: 'Each region looks at the question.',
  textSelf: 'Each word looks at the other words again, now that it knows the photo.',
  regionSelf: 'Each region looks at the other regions again, now that it knows the question.',
};

/** A head by its place; `head: 'mean'` is the mean over the heads of the layer. */
export interface ShownHead {
  readonly module: AttentionModule;
  readonly layer: number;
  readonly head: number | 'mean';
}

/** The columns of the overview: the mean, then each head. */
export function headColumns(heads: number): readonly ShownHead['head'][] {
  return ['mean', ...Array.from({ length: heads }, (_, head) => head)];
}

/** “layer 2, head 3”, counted from 1 as people count. */
export function layerAndHead({ layer, head }: Pick<ShownHead, 'layer' | 'head'>): string {
  return `layer ${layer + 1}, ${head === 'mean' ? 'mean of heads' : `head ${head + 1}`}`;
}

/** “Words → regions, layer 2, head 3”. */
export function headName(place: ShownHead): string {
  return `${moduleName(place.module)}, ${layerAndHead(place)}`;
}

/** “62 %, between 48 % and 80 % by row”. */
export function spreadWords({ lowest, median, highest }: StatisticSpread): string {
  return `${percent(median)}, between ${percent(lowest)} and ${percent(highest)} by row`;
}

export function spreadOf(measured: ModuleStatistics, { layer, head }: ShownHead): StatisticSpread | null {
  const found = head === 'mean' ? measured.means[layer] : measured.heads[layer]?.[head];
  return found ?? null;
}
