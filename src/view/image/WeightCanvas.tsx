/** Weights as light or color over a photo of the same frame. */
import { useEffect, useRef } from 'react';
import type { PictureMode } from '../../core/picture.ts';
import type { Scene } from '../../core/types.ts';
import { drawWeights } from '../../draw/paint-weights.ts';
import type { RegionWeights } from '../../draw/rank-regions.ts';

interface WeightCanvasProps {
  readonly scene: Scene;
  readonly heat: Pick<RegionWeights, 'weights'>;
  readonly picture: PictureMode;
}

export function WeightCanvas({ scene, heat: { weights }, picture }: WeightCanvasProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      if (ref.current) drawWeights(ref.current, scene, weights, picture);
    });
    return () => cancelAnimationFrame(frame);
  }, [scene, weights, picture]);
  return <canvas className="stage-heat" ref={ref} aria-hidden="true" />;
}
