import { expect, it, vi } from 'vitest';
import { startSession } from '../work/session-fixture.ts';
import { compareWork, secondPhotoOf } from './compare.ts';
import { createTasks } from './create-tasks.ts';
import { guessWork, toggleHidden } from './guess-regions.ts';

const begin = () => {
  const fixture = startSession();
  return { ...fixture, tasks: createTasks(fixture.engine, fixture.session) };
};

it('guesses what is hidden, and leaves everything else out in turn', async () => {
  const { tasks, open, engine } = begin();
  const work = guessWork(tasks);
  await open();
  // The third is not there: an address may come from another pack.
  await work.run({ regions: [1, 99], text: '' });
  expect(work.getState().work).toEqual({ status: 'idle' });
  expect(work.getState().shown?.result.guesses.guesses).toMatchObject([{ region: 1 }]);
  const others = engine.calls.flatMap(({ params }) =>
    typeof params === 'object' && params !== null && 'alsoHidden' in params ? [params.alsoHidden] : [],
  );
  expect(others).toEqual([[0], [2]]);
});

it('hides a region and shows it again', () => {
  const draft = { regions: [2], text: 'a dog' };
  expect(toggleHidden(draft, 0).regions).toEqual([2, 0]);
  expect(toggleHidden(draft, 2).regions).toEqual([]);
});

it('comes back from an address', () => {
  const { tasks } = begin();
  const { definition: guess } = guessWork(tasks);
  const hidden = { regions: [3, 0], text: 'a dog & more' };
  expect(guess.read(guess.write(hidden))).toEqual(hidden);
  const { definition: compare } = compareWork(tasks);
  const two = { statement: 'Both = red', sample: 'cat.jpg' };
  expect(compare.read(compare.write(two))).toEqual(two);
});

it('asks for a second photo, and looks at it with the models of the first', async () => {
  const { tasks, open, engine } = begin();
  const work = compareWork(tasks);
  const draft = { statement: 'Both have a dog', sample: '' };
  await open();
  await work.run(draft);
  expect(work.getState().work).toMatchObject({ error: { message: 'There is no second photo yet.' } });
  const second = secondPhotoOf(tasks);
  await second.openPhoto(new Blob(['b']), 'b.jpg', 'file');
  await vi.waitFor(() => expect(second.getState().photo.status).toBe('ready'));
  await work.run(draft);
  const { shown } = work.getState();
  expect(shown?.result.right.photo.name).toBe('b.jpg');
  expect(shown?.result.comparison.left).not.toBe(shown?.result.comparison.right);
  expect(shown?.result.evidence?.right).toHaveLength(3);
  expect(engine.calls.filter(({ method }) => method === 'load')).toHaveLength(1);
});
