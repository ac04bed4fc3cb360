/** What a task can show on the photo, one thing at a time. */
import { useMemo, useState, type ReactNode } from 'react';
import { attentionFrom, headMean } from '../../core/attention.ts';
import { weightPercent } from '../../core/percent.ts';
import { regionName } from '../../core/region-name.ts';
import type { AttentionMaps, Scene } from '../../core/types.ts';
import type { RegionWeights } from '../../draw/rank-regions.ts';
import { Segments } from '../Segments.tsx';
import { useStage } from './task-stage.ts';

export interface Picture {
  readonly name: string;
  readonly weights: RegionWeights;
  readonly caption: string;
}

/** A probability that moves by less than this is about what it was before. */
const LEAST_LOSS = 0.02;

/** What taking things away did to a probability. */
export function lossPicture(scene: Scene, losses: Float32Array, of: string): Picture {
  const strongest = losses.reduce((most, loss) => Math.max(most, Math.abs(loss)), 0);
  const first = losses.reduce((best, loss, index) => (loss > (losses[best] ?? 0) ? index : best), 0);
  const loss = losses[first] ?? 0;
  const region = scene.regions[first];
  return {
    name: 'What made the difference',
    weights: {
      weights: strongest < LEAST_LOSS ? new Float32Array(losses.length) : losses,
      highest: Math.max(strongest, LEAST_LOSS),
      isSigned: true,
      noun: 'difference',
      amount: points,
    },
    caption:
      region && loss >= LEAST_LOSS
        ? `The ${regionName(region)} mattered most: without it, the chance of ${of} falls by ${Math.round(loss * 100)} points.`
        : `No single thing mattered: without any one of them, ${of} is about as likely as before.`,
  };
}

/** Where a token looked in the last cross layer, mean over heads. */
export function attentionPicture(
  scene: Scene,
  attention: AttentionMaps,
  token: number,
  from: string,
): Picture {
  const [layers] = attention.textToRegion.dims;
  const weights = attentionFrom(headMean(attention.textToRegion, layers - 1), token);
  const highest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  const first = weights.indexOf(highest);
  const region = scene.regions[first];
  return {
    name: 'Attention',
    weights: { weights, highest: Math.max(highest, Math.min(1, 3 / weights.length)) },
    caption: region ? `${from} looked most at the ${regionName(region)}, ${weightPercent(highest)}.` : '',
  };
}

function points(loss: number): string {
  const value = (Math.abs(loss) * 100).toFixed(1);
  return `${loss < 0 ? '−' : '+'}${value} points`;
}

/** Lets the person choose among `pictures` and puts the chosen one on the photo. */
export function Pictures({
  pictures,
  overlay = null,
}: {
  readonly pictures: readonly Picture[];
  readonly overlay?: ReactNode;
}) {
  const [chosen, setChosen] = useState<string | null>(null);
  const picture = pictures.find(({ name }) => name === chosen) ?? pictures[0] ?? null;
  const stage = useMemo(
    () => ({
      heat: picture?.weights ?? null,
      overlay,
      caption: picture && (
        <p className="task-caption" aria-live="polite">
          {picture.caption}
        </p>
      ),
    }),
    [picture, overlay],
  );
  useStage(stage);
  if (pictures.length < 2) return null;
  return (
    <Segments
      legend="What is shown on the photo"
      options={pictures.map(({ name }) => ({ value: name, name }))}
      chosen={picture?.name ?? ''}
      onChoose={setChosen}
    />
  );
}
