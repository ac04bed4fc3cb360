import { useLayoutEffect, useState, type RefObject } from 'react';
import type { ImageSize } from '../core/types.ts';

/** Size of an element in CSS pixels, followed as it changes; zero until it is laid out. */
export function useElementSize(ref: RefObject<HTMLElement | null>): ImageSize {
  const [size, setSize] = useState<ImageSize>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return size;
}
