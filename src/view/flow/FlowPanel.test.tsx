// @vitest-environment happy-dom
import { cleanup, configure, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createFakeEngine } from '../../core/engine-fake.ts';
import { createLab } from '../../session/create-lab.ts';
import { createSession } from '../../session/create-session.ts';
import type { Session } from '../../session/state.ts';
import { App } from '../App.tsx';

let session: Session;

// Both wait for idle moments of the page, which a busy machine has few of.
configure({ asyncUtilTimeout: 20_000 });

beforeEach(async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('{"samples":[]}')));
  const engine = createFakeEngine();
  session = createSession(engine, { packUrl: 'https://example.org/pack/' });
  render(<App session={session} lab={createLab(engine, session)} />);
  await session.load();
  await session.openPhoto(new Blob(['photo'], { type: 'image/png' }), 'park.png', 'file');
  await session.ask('Where is the dog?');
  await screen.findByText('From photo to answer');
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const picture = () => within(screen.getByRole('region', { name: 'From photo to answer' }));

async function openHead(layer: string, head: string) {
  fireEvent.click(await picture().findByRole('button', { name: layer }));
  fireEvent.click(picture().getByRole('radio', { name: head }));
  return within(picture().getByRole('region', { name: head }));
}

it('opens a layer in place, down to scores, softmax and the sum of one row', async () => {
  const steps = await openHead('Words → regions, layer 1', 'Head 1');
  // The fake gives the first row of the first head 1/6, 2/6 and 3/6.
  const rows = steps.getAllByRole('row').map(({ textContent }) => textContent);
  expect(rows.slice(1).map((row) => row.replace(/[+−]?\d\.\d{3}$/u, ''))).toEqual([
    '3 treebest50.0 %',
    '2 frisbeebest − 0.4133.3 %',
    '1 brown dogbest − 1.1016.7 %',
  ]);
  expect(steps.getByText(/^From “\[CLS\]”: /u).textContent).toContain('the tree');
  expect(session.getState().attentionView).toEqual({ module: 'textToRegion', layer: 0, head: 0 });
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
