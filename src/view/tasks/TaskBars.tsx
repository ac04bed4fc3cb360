/** Names with their probabilities, as bars. */
import { percent } from '../../core/percent.ts';

interface TaskBarsProps {
  readonly label: string;
  readonly rows: readonly { readonly name: string; readonly score: number }[];
}

export function TaskBars({ label, rows }: TaskBarsProps) {
  return (
    <ol className="task-bars" aria-label={label}>
      {rows.map(({ name, score }) => (
        <li key={name}>
          <span className="bar-name">{name}</span>
          <span className="bar-track" aria-hidden="true">
            <span className="bar-fill" style={{ '--share': score }} />
          </span>
          <span className="bar-score">{percent(score)}</span>
        </li>
      ))}
    </ol>
  );
}
