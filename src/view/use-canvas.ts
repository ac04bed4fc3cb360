import { useEffect, useRef, type RefObject } from 'react';
import type { ImageSize } from '../core/types.ts';

/**
 * Paints a canvas before the next frame whenever `paint` or the size changes, sharp on dense screens.
 * `paint` draws in CSS pixels and should be memoised.
 */
export function useCanvas(
  size: ImageSize,
  paint: (context: CanvasRenderingContext2D, size: ImageSize) => void,
): RefObject<HTMLCanvasElement | null> {
  const ref = useRef<HTMLCanvasElement>(null);
  const { width, height } = size;
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      const canvas = ref.current;
      const context = canvas?.getContext('2d');
      if (!canvas || !context || width === 0 || height === 0) return;
      const density = window.devicePixelRatio || 1;
      canvas.width = Math.round(width * density);
      canvas.height = Math.round(height * density);
      context.setTransform(canvas.width / width, 0, 0, canvas.height / height, 0, 0);
      paint(context, { width, height });
    });
    return () => cancelAnimationFrame(frame);
  }, [paint, width, height]);
  return ref;
}
