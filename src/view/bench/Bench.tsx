/** The photo beside what is said about it; where the page is narrow, above it. Below the photo: where photos come from. */
import type { ReactNode } from 'react';
import { useWide } from './use-wide.ts';

interface BenchProps {
  /** The photo, which stays in sight. */
  readonly photo: ReactNode;
  /** Examples, what was found, history. */
  readonly shelf: ReactNode;
  /** What is said about the photo. */
  readonly children: ReactNode;
}

export function Bench({ photo, shelf, children }: BenchProps) {
  const isWide = useWide();
  // In the document, too, things stand in the order in which they are seen.
  return (
    <div className="bench">
      <div className="stage-side">
        {photo}
        {isWide && <div className="shelf">{shelf}</div>}
      </div>
      <div className="reading-side">{children}</div>
      {!isWide && <div className="shelf">{shelf}</div>}
    </div>
  );
}
