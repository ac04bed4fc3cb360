/** The lessons to choose from; their list is fetched when it is opened. */
import { useState } from 'react';
import type { Tasks } from '../../session/tasks/create-tasks.ts';
import { fetchLessonTitles, type LessonTitle } from './fetch-lesson.ts';

export function LessonMenu({ tasks }: { readonly tasks: Tasks }) {
  const [titles, setTitles] = useState<readonly LessonTitle[] | null>(null);
  return (
    <details
      className="lesson-menu"
      onToggle={({ currentTarget }) => {
        if (currentTarget.open && !titles) fetchLessonTitles().then(setTitles, () => setTitles([]));
      }}
    >
      <summary>Lessons</summary>
      {titles?.length === 0 && <p className="aside">The lessons could not be fetched.</p>}
      <ul>
        {titles?.map(({ id, title }) => (
          <li key={id}>
            <button type="button" className="button quiet" onClick={() => tasks.guide({ id, step: 0 })}>
              {title}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
