/** What a person can do with a photo; the page, the SDK, the element and the command line use these names. */
import type { TaskHead } from './pack/pack.ts';

/**
 * `ask`: a question. `fill-in`: words for the blanks of a sentence. `guess-region`: what a hidden box shows.
 * `match`: whether a sentence is of the photo. `compare`: whether a statement is true of two photos.
 */
export const TASKS = ['ask', 'fill-in', 'guess-region', 'match', 'compare'] as const;

export type TaskId = (typeof TASKS)[number];

/** The head of a pack that each task reads; null for those that need none beside the answer head. */
export const HEAD_OF_TASK: Readonly<Record<TaskId, TaskHead | null>> = {
  ask: null,
  'fill-in': 'maskedWords',
  'guess-region': 'maskedObjects',
  match: 'matching',
  compare: 'twoPhotos',
};
