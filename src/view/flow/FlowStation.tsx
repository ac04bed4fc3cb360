/** One step on the way from photo to answer, with the words' stream above the regions'. */
import type { ReactNode } from 'react';

interface FlowStationProps {
  readonly title: string;
  readonly words: ReactNode;
  /** Left out where the regions' stream has ended. */
  readonly regions?: ReactNode;
  /** The regions' stream ends here. */
  readonly isLast?: boolean;
}

export function FlowStation({ title, words, regions, isLast = false }: FlowStationProps) {
  return (
    <li className="flow-station">
      <h3>{title}</h3>
      <div className="flow-stream">{words}</div>
      {regions !== undefined && (
        <div className="flow-stream" data-ends={isLast}>
          {regions}
          {isLast && (
            <p className="flow-end">The regions’ stream ends here: the answer is read from the words.</p>
          )}
        </div>
      )}
    </li>
  );
}
