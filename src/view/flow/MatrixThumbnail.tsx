import { useEffect, useRef } from 'react';
import type { AttentionMatrix } from '../../core/attention.ts';
import { matrixPixels } from '../../draw/matrix-pixels.ts';

/** A whole matrix the size of a stamp, each on a scale of its own; what it is stands beside it. */
export function MatrixThumbnail({ weights }: { readonly weights: AttentionMatrix<string, string> }) {
  const ref = useRef<HTMLCanvasElement>(null);
  const [rows, columns] = weights.dims;
  useEffect(() => {
    const context = ref.current?.getContext('2d');
    if (!context) return;
    const highest = weights.data.reduce((most, each) => Math.max(most, each), 0);
    context.putImageData(new ImageData(matrixPixels(weights.data, highest), columns, rows), 0, 0);
  }, [weights, rows, columns]);
  return <canvas className="flow-thumbnail" ref={ref} width={columns} height={rows} aria-hidden="true" />;
}
