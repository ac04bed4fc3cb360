/** The statistic of every head, measured module by module between frames: 408 heads in one go would be felt. */
import { useEffect, useState } from 'react';
import { measureModule, type HeadStatistic, type ModuleStatistics } from '../../explain/head-statistics.ts';
import type { AttentionModule, Prediction } from '../../core/types.ts';
import { MODULES } from '../../session/words/attention-words.ts';

/** Null for a module that the statistic says nothing about. */
export type MeasuredModules = Readonly<Record<AttentionModule, ModuleStatistics | null>>;

export interface MeasuredHeads {
  readonly prediction: Prediction;
  readonly statistic: HeadStatistic;
  readonly modules: MeasuredModules;
  /** Ends of the scale that all modules share. */
  readonly lowest: number;
  readonly highest: number;
}

/**
 * What was measured last; it may be of another question or statistic until the new one is measured.
 * @param statistic null to measure nothing
 */
export function useHeadStatistics(
  prediction: Prediction,
  statistic: HeadStatistic | null,
): MeasuredHeads | null {
  const [measured, setMeasured] = useState<MeasuredHeads | null>(null);
  useEffect(() => {
    if (statistic === null) return undefined;
    const modules: Partial<Record<AttentionModule, ModuleStatistics | null>> = {};
    const waiting = MODULES.map(({ module }) => module);
    let timer = 0;
    const measureNext = () => {
      const module = waiting.shift();
      if (module === undefined) {
        setMeasured({ prediction, statistic, ...withScale(modules) });
        return;
      }
      modules[module] = measureModule(prediction.attention, module, statistic, prediction.tokens);
      timer = window.setTimeout(measureNext);
    };
    timer = window.setTimeout(measureNext);
    return () => window.clearTimeout(timer);
  }, [prediction, statistic]);
  return measured;
}

function withScale(
  measured: Partial<Record<AttentionModule, ModuleStatistics | null>>,
): Pick<MeasuredHeads, 'modules' | 'lowest' | 'highest'> {
  const { language = null, vision = null, textToRegion = null, regionToText = null } = measured;
  const { textSelf = null, regionSelf = null } = measured;
  const modules = { language, vision, textToRegion, regionToText, textSelf, regionSelf };
  const medians = Object.values(modules).flatMap((each) =>
    each ? [...each.means, ...each.heads.flat()].map(({ median }) => median) : [],
  );
  return { modules, lowest: Math.min(...medians), highest: Math.max(...medians) };
}
