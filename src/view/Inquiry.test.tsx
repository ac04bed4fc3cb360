// @vitest-environment happy-dom
import { cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { createFakeEngine, type FakeEngine } from '../core/testing/engine-fake.ts';
import { VqaError } from '../core/errors.ts';
import { createLab } from '../session/inquiry/create-lab.ts';
import { createSession } from '../session/work/create-session.ts';
import type { Lab } from '../session/inquiry/lab-state.ts';
import { App } from './App.tsx';

// Tools are loaded when they are opened, which takes a busy machine its time.
configure({ asyncUtilTimeout: 20_000 });

let engine: FakeEngine;
let lab: Lab;

// Loaded beforehand: what a tool's first opening costs is not what is tested.
beforeAll(
  () =>
    Promise.all([
      import('./explain/WhyPanel.tsx'),
      import('./edits/EditsPanel.tsx'),
      import('./edits/EditsOverlay.tsx'),
      import('./export/ExportPanel.tsx'),
    ]),
  120_000,
);

beforeEach(async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('{"samples":[]}')));
  engine = createFakeEngine();
  const session = createSession(engine, { packUrl: 'https://example.org/pack/' });
  lab = createLab(engine, session);
  render(<App session={session} lab={lab} />);
  await session.load();
  await session.openPhoto(new Blob(['photo'], { type: 'image/png' }), 'park.png', 'file');
  await session.ask('What color is it?');
  await screen.findByRole('heading', { name: 'Why “brown”?' });
}, 120_000);

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const opened = () => waitFor(() => expect(screen.queryByText('Opening…')).toBeNull());

/** Its panel has to be loaded first. */
async function choose(tab: string) {
  fireEvent.click(screen.getByRole('tab', { name: tab }));
  await opened();
}
const select = (label: string, value: string) =>
  fireEvent.change(screen.getByRole('combobox', { name: label }), { target: { value } });
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));

it('says why in words for the photo and for the question, unasked', () => {
  expect(screen.getByText(/^The dog decided this \(60 %\)/u)).toBeDefined();
  expect(
    within(screen.getByRole('list', { name: 'Evidence in the words' })).getAllByRole('listitem'),
  ).toHaveLength(4);
  expect(screen.getByText(/It cannot show evidence against an answer/u)).toBeDefined();
  expect(screen.getByRole('img', { name: /^Light from 0 to 30 % or more of the evidence/u })).toBeDefined();
});

it('shows evidence for and against, and one answer rather than another', async () => {
  select('by', 'leave-one-out');
  await screen.findByText(/The tree \(10 %\) counted against it\.$/u);
  select('Picture', 'signed');
  expect(
    screen.getByRole('img', { name: /^Colors from 30 % or more of the evidence against/u }),
  ).toBeDefined();
  select('rather than', 'two');
  await screen.findByRole('heading', { name: 'Why “brown” rather than “two”?' });
  expect(engine.calls.at(-1)?.params).toMatchObject({
    method: 'leave-one-out',
    answer: 'brown',
    against: 'two',
  });
});

it('says at the photo that it is still working out why, and how far it is', async () => {
  engine.hold('explain');
  select('by', 'shapley');
  const photo = within(screen.getByRole('region', { name: 'Photo' }));
  expect(await photo.findByText(/^Working out why “brown”…/u)).toBeDefined();
  engine.release('explain');
  await waitFor(() => expect(photo.queryByText(/^Working out why/u)).toBeNull());
});

it('asks about any answer that the model knows, and says which it does not know', async () => {
  const search = screen.getByRole('combobox', { name: 'Why not' });
  fireEvent.change(search, { target: { value: 'Two ' } });
  press('Find out');
  await screen.findByRole('heading', { name: 'What speaks for “two”?' });
  expect(engine.calls.at(-1)?.params).toMatchObject({ answer: 'two' });
  expect(screen.getByText(/^The dog speaks most for it \(60 %\)/u)).toBeDefined();
  expect(screen.getByText(/^“two” is number 2 of its 2 answers/u)).toBeDefined();
  const before = engine.calls.length;
  fireEvent.change(search, { target: { value: 'gizmo' } });
  press('Find out');
  expect(screen.getByText(/^The model cannot answer “gizmo”/u)).toBeDefined();
  expect(engine.calls.slice(before).filter((call) => call.method === 'explain')).toEqual([]);
});

it('shows two maps side by side, also of the next answer', async () => {
  select('Compare with', 'leave-one-out');
  const maps = within(screen.getByRole('region', { name: 'Two maps side by side' }));
  await waitFor(() => expect(maps.getAllByRole('figure')).toHaveLength(2));
  expect(maps.getByText('Leave one out', { selector: 'strong' })).toBeDefined();
  // The one on the photo stays what it was.
  expect(lab.getState().inquiry.method).toBeNull();
  select('Why', 'two');
  await waitFor(() =>
    expect(engine.calls.at(-1)?.params).toMatchObject({ method: 'leave-one-out', answer: 'two' }),
  );
  await screen.findByRole('heading', { name: 'What speaks for “two”?' });
  select('Compare with', '');
  const none = within(screen.getByRole('region', { name: 'Two maps side by side' }));
  expect(none.queryAllByRole('figure')).toHaveLength(0);
});

it('has the numbers as a table, with their errors', async () => {
  select('by', 'shapley');
  await screen.findByText(/What the fake makes of it/u);
  const details = screen.getByText('The same as a table').closest('details');
  if (details) details.open = true;
  fireEvent(details ?? document.body, new Event('toggle'));
  const table = within(await screen.findByRole('table', { name: /^Shapley values for “brown”, in logit/u }));
  expect(table.getAllByRole('row')[1]?.textContent).toBe('1 brown dogregion0.600± 0.0500');
});

it('measures every method and says which are true', async () => {
  press('Measure every method');
  await screen.findByText(/^Truest here: /u);
  expect(screen.getByText(/^These disagree on which regions matter/u)).toBeDefined();
  const table = within(screen.getByRole('table', { name: /^Area under each curve/u }));
  expect(table.getByRole('row', { name: /Random order \(baseline\)/u })).toBeDefined();
  expect(
    screen.getByRole('img', { name: /^Deletion: .*Relevance: “brown” from 63 % to 10 %/u }),
  ).toBeDefined();
});

it('measures words instead of regions, and keeps both measurements', async () => {
  press('Measure every method');
  await screen.findByText(/^Truest here: /u);
  const scope = within(screen.getByRole('group', { name: 'What is taken away' }));
  fireEvent.click(scope.getByRole('radio', { name: 'Words' }));
  expect(
    screen.getByText(/^Removes the 4 words one after another, in the order of each method/u),
  ).toBeDefined();
  press('Measure every method');
  await screen.findByText(/“First word first” in 4/u);
  expect(engine.calls.at(-1)?.params).toMatchObject({ scope: 'words' });
  fireEvent.click(scope.getByRole('radio', { name: 'Regions' }));
  await screen.findByText(/“Largest box first” in 4/u);
});

it('tells looking from guessing in one sentence', async () => {
  press('Did it look at the photo?');
  await screen.findByText(/^Mostly a guess: .*“brown” gets 63 % with this photo, 63 % without any/u);
  // The picture of why does not claim the contrary.
  expect(screen.getByText(/^The dog decided this .* But it is mostly a guess/u)).toBeDefined();
});

it('switches boxes and words off, and takes it back', async () => {
  await choose('What if');
  press('1 brown dog');
  await screen.findByText(/^Still “brown”/u);
  expect(screen.getByRole('button', { name: '1 brown dog' }).getAttribute('aria-pressed')).toBe('false');
  press('color');
  await waitFor(() =>
    expect(engine.calls.at(-1)?.params).toMatchObject({ change: { hiddenRegions: [0], hiddenTokens: [2] } }),
  );
  press('Undo');
  press('Undo');
  await screen.findByText('Nothing is changed yet.');
});

it('adds a box by its coordinates and deletes it', async () => {
  await choose('What if');
  fireEvent.click(screen.getByText('Box 1 in numbers: brown dog'));
  press('Add a box here');
  await screen.findByRole('button', { name: '4 brown dog' });
  press('Delete the box');
  await waitFor(() => expect(screen.queryByRole('button', { name: '4 brown dog' })).toBeNull());
});

it('marks a flip and makes the smallest change that causes it', async () => {
  await choose('What if');
  fireEvent.click(screen.getByRole('checkbox', { name: 'Heads' }));
  press('Search for it');
  await screen.findByText(/^Without box 1, brown dog/u);
  expect(engine.calls.at(-1)?.params).toMatchObject({ among: ['region', 'head'] });
  press('Make this change');
  await waitFor(() => expect(lab.getState().edits.hiddenRegions).toEqual([0, 1]));
  press('Take it back');
  await waitFor(() => expect(lab.getState().edits.hiddenRegions).toEqual([]));
});

it('says what went wrong, and how to go on', async () => {
  engine.failNext('explain', new VqaError('gradients-missing', 'The pack has no gradients.'));
  select('by', 'rollout');
  const note = await screen.findByRole('alert');
  expect(note.textContent).toContain('The pack has no gradients.');
  fireEvent.click(within(note).getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
});
