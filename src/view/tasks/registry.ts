/** The tasks of the page, in their order: to add one, write its panel and list it here. */
import { lazy, type ComponentType } from 'react';
import type { TaskId } from '../../core/task.ts';
import type { Tasks } from '../../session/tasks/create-tasks.ts';
import type { Sample } from '../image/samples.ts';

export interface TaskPanelProps {
  readonly tasks: Tasks;
  /** The photo on screen, where it is one of the page's own. */
  readonly sample: Sample | null;
  readonly samples: readonly Sample[];
}

export interface TaskEntry {
  readonly id: Exclude<TaskId, 'ask'>;
  readonly name: string;
  /** What one does there. */
  readonly sentence: string;
  /** Fetched when the task is first chosen. */
  readonly Panel: ComponentType<TaskPanelProps>;
}

export const TASK_ENTRIES: readonly TaskEntry[] = [
  {
    id: 'fill-in',
    name: 'Fill the blank',
    sentence:
      'Write a sentence, hide words; the model tells them from the photo, and from the sentence alone.',
    Panel: lazy(() => import('./fill-in/FillInPanel.tsx')),
  },
  {
    id: 'guess-region',
    name: 'Hidden region',
    sentence: 'Hide a box on the photo; the model guesses what it shows from everything around it.',
    Panel: lazy(() => import('./guess-region/GuessPanel.tsx')),
  },
  {
    id: 'match',
    name: 'Does it fit?',
    sentence: 'Write a sentence about the photo; the model says whether it fits.',
    Panel: lazy(() => import('./match/MatchPanel.tsx')),
  },
  {
    id: 'compare',
    name: 'Two photos',
    sentence:
      'Put a second photo beside the first and state something; the model says whether it is true of the two.',
    Panel: lazy(() => import('./compare/ComparePanel.tsx')),
  },
];
