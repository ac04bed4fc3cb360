import { expect, it } from 'vitest';
import { TASKS } from '../../core/task.ts';
import { TASK_ENTRIES } from './registry.ts';

it('every task that an address may name has its place in the page', () => {
  expect(TASK_ENTRIES.map(({ id }) => id)).toEqual(TASKS.filter((task) => task !== 'ask'));
});
