// @vitest-environment happy-dom
import { cleanup, configure, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { createFakeEngine, type FakeEngine } from '../../core/testing/engine-fake.ts';
import { VqaError } from '../../core/errors.ts';
import { createLab } from '../../session/inquiry/create-lab.ts';
import { createSession } from '../../session/work/create-session.ts';
import type { Session } from '../../session/work/state.ts';
import { App } from '../App.tsx';

let engine: FakeEngine;
let session: Session;

// Both wait for idle moments of the page, which a busy machine has few of.
configure({ asyncUtilTimeout: 20_000 });

// Loaded beforehand: what a tool's first opening costs is not what is tested.
beforeAll(() => Promise.all([import('./FlowPanel.tsx'), import('../explain/WhyPanel.tsx')]), 120_000);

beforeEach(async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('{"samples":[]}')));
  engine = createFakeEngine();
  session = createSession(engine, { packUrl: 'https://example.org/pack/' });
  render(<App session={session} lab={createLab(engine, session)} />);
  await session.load();
  await session.openPhoto(new Blob(['photo'], { type: 'image/png' }), 'park.png', 'file');
  await session.ask('Where is the dog?');
  fireEvent.click(await screen.findByRole('tab', { name: 'How it works' }));
  await screen.findByRole('region', { name: 'From photo to answer' });
}, 120_000);

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const picture = () => within(screen.getByRole('region', { name: 'From photo to answer' }));

type Steps = Awaited<ReturnType<typeof openHead>>;

const rowsOf = (steps: Steps) =>
  steps
    .getAllByRole('row')
    .slice(1)
    .map(({ textContent }) => textContent);

async function openHead(layer: string, head: string) {
  fireEvent.click(await picture().findByRole('button', { name: layer }));
  fireEvent.click(picture().getByRole('radio', { name: head }));
  return within(picture().getByRole('region', { name: head }));
}

it('opens a layer in place, down to scores, softmax and the sum of one row', async () => {
  const steps = await openHead('Words → regions, layer 1', 'Head 1');
  expect(await steps.findByRole('columnheader', { name: 'QKᵀ/√4' })).toBeDefined();
  // The fake gives the first row of the first head 1/6, 2/6 and 3/6, and values 2, 4 and 6 long.
  expect(rowsOf(steps)).toEqual([
    '3 tree0.3150.0 %3.000+0.250',
    '2 frisbee−0.1033.3 %1.333+0.111',
    '1 brown dog−0.7916.7 %0.333+0.028',
  ]);
  expect(steps.getByText('a vector 4.667 long')).toBeDefined();
  expect(steps.getByText('score − 1.00')).toBeDefined();
  expect(steps.getByText(/^From “\[CLS\]”: /u).textContent).toContain('the tree');
  expect(session.getState().attentionView).toEqual({ module: 'textToRegion', layer: 0, head: 0 });
});

it('asks once, whichever heads are opened', async () => {
  const steps = await openHead('Words → regions, layer 1', 'Head 1');
  await steps.findByRole('columnheader', { name: '‖w v‖' });
  const other = await openHead('Words → words, question alone, layer 2', 'Head 2');
  expect(other.getByRole('columnheader', { name: '‖w v‖' })).toBeDefined();
  expect(engine.calls.filter(({ method }) => method === 'inspectHeads')).toHaveLength(1);
});

it('shows what the weights tell until the model’s own numbers are there, and where they never come', async () => {
  engine.hold('inspectHeads');
  const steps = await openHead('Words → regions, layer 1', 'Head 1');
  expect(steps.getByText(/are on their way/u)).toBeDefined();
  expect(rowsOf(steps)[1]).toMatch(/^2 frisbeebest − 0\.4133\.3 %/u);

  engine.failNext('inspectHeads', new VqaError('gradients-missing', 'The pack Fake does not say.'));
  engine.release('inspectHeads');
  expect(
    await steps.findByText(/^The pack Fake does not say\. Scores follow from the weights/u),
  ).toBeDefined();
  expect(rowsOf(steps)[1]).toMatch(/^2 frisbeebest − 0\.4133\.3 %/u);
  expect(steps.queryByRole('columnheader', { name: '‖w v‖' })).toBeNull();
});

it('can be tried again when the numbers fail to come', async () => {
  engine.failNext('inspectHeads', new VqaError('pack-interrupted', 'The download stopped.'));
  const steps = await openHead('Words → regions, layer 1', 'Head 1');
  expect(await steps.findByText('The download stopped.', { exact: false })).toBeDefined();
  fireEvent.click(steps.getByRole('button', { name: 'Try again' }));
  expect(await steps.findByRole('columnheader', { name: '‖w v‖' })).toBeDefined();
});

it('follows what the person points at', async () => {
  const steps = await openHead('Words → regions, layer 1', 'Head 1');
  session.focusOn({ kind: 'token', index: 1, locked: false });
  expect(await steps.findByText(/^From “Where”: .*frisbee/u)).toBeDefined();
  fireEvent.change(steps.getByRole('combobox', { name: 'for' }), { target: { value: '4' } });
  expect(session.getState().focus).toEqual({ kind: 'token', index: 4, locked: true });
});

it('closes again', async () => {
  await openHead('Words → words, question alone, layer 2', 'Head 2');
  fireEvent.click(picture().getByRole('button', { name: 'Close this layer' }));
  expect(picture().queryByRole('radio', { name: 'Head 2' })).toBeNull();
});

it('says which layers cannot reach the answer', async () => {
  const dead = await picture().findAllByRole('button', { name: /cannot reach the answer$/u });
  expect(dead.map((button) => button.getAttribute('aria-label'))).toEqual([
    'Regions → words, layer 2, cannot reach the answer',
    'Regions → regions, after crossing, layer 2, cannot reach the answer',
  ]);
});
