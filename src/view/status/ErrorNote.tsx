/** A failure as a sentence, what to do about it, and the buttons that do it. */
import type { ReactNode } from 'react';
import type { ErrorReport } from '../../core/types.ts';
import { Icon } from '../Icon.tsx';

interface ErrorNoteProps {
  readonly error: ErrorReport;
  /** Buttons for what the remedy says. */
  readonly children?: ReactNode;
  readonly onDismiss?: () => void;
}

export function ErrorNote({ error, children, onDismiss }: ErrorNoteProps) {
  return (
    <div className="error-note" role="alert" data-code={error.code}>
      <div className="error-words">
        <p className="error-what">{error.message}</p>
        <p className="error-remedy">{error.remedy}</p>
      </div>
      {children && <div className="error-actions">{children}</div>}
      {onDismiss && (
        <button type="button" className="icon-button" onClick={onDismiss} aria-label="Dismiss this message">
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}
