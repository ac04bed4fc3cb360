/** What colors the heads: a statistic of their weights, or what they do to the answer. */
import { useMemo } from 'react';
import { percent } from '../../core/percent.ts';
import type { Prediction } from '../../core/types.ts';
import { crossModalPart, importanceColoring, statisticColoring, type HeadColoring } from './head-coloring.ts';
import type { HeadMeasure } from './head-words.ts';
import { explainedAnswer, useGradients } from './use-gradients.ts';
import { useHeadStatistics } from './use-head-statistics.ts';

export interface ShownColoring {
  /** Null until there is something to show. */
  readonly coloring: HeadColoring | null;
  /** What the coloring is of, beyond its name; null where the name says it all. */
  readonly note: string | null;
  /** Works out what coloring by importance needs; null where nothing is missing, or where the pack cannot. */
  readonly workOut: (() => void) | null;
}

export function useHeadColoring(prediction: Prediction, measure: HeadMeasure): ShownColoring {
  const measured = useHeadStatistics(prediction, measure === 'importance' ? null : measure);
  const { explanation, workOut, isPossible } = useGradients();
  const importance = explanation?.headImportance ?? null;
  const coloring = useMemo(() => {
    if (measure === 'importance') return importance && importanceColoring(importance);
    return measured && statisticColoring(measured);
  }, [measure, importance, measured]);
  if (measure !== 'importance') return { coloring, note: null, workOut };
  if (explanation && importance) {
    const part = percent(crossModalPart(importance));
    return {
      coloring,
      note: `Of ${explainedAnswer(explanation)}: ${part} is done by heads that look across, from words to regions or back.`,
      workOut,
    };
  }
  const note = isPossible
    ? 'Gradients are not worked out yet for this answer.'
    : 'This pack gives no gradients, so what a head does to the answer cannot be told.';
  return { coloring, note, workOut };
}
