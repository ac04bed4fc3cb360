// @vitest-environment happy-dom
import { cleanup, configure, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { createFakeEngine } from '../../core/testing/engine-fake.ts';
import { createLab } from '../../session/inquiry/create-lab.ts';
import { createSession } from '../../session/work/create-session.ts';
import type { Session } from '../../session/work/state.ts';
import { App } from '../App.tsx';

let session: Session;

// Both wait for idle moments of the page, which a busy machine has few of.
configure({ asyncUtilTimeout: 20_000 });

// Loaded beforehand: what a tool's first opening costs is not what is tested.
beforeAll(() => Promise.all([import('./AttentionPanel.tsx'), import('../explain/WhyPanel.tsx')]), 120_000);

beforeEach(async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('{"samples":[]}')));
  const engine = createFakeEngine();
  session = createSession(engine, { packUrl: 'https://example.org/pack/' });
  render(<App session={session} lab={createLab(engine, session)} />);
  await session.load();
  await session.openPhoto(new Blob(['photo'], { type: 'image/png' }), 'park.png', 'file');
  await session.ask('Where is the dog?');
  fireEvent.click(await screen.findByRole('tab', { name: 'Attention' }));
  await screen.findByText(/^Highest: /u);
}, 120_000);

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const overview = () => within(screen.getByRole('region', { name: 'Every head' }));
const grid = (name: string) => overview().getByRole('grid', { name });
const cellName = (name: string) => within(grid(name)).getByRole('gridcell').getAttribute('aria-label');

it('has one stop for the keyboard: the head that is open', () => {
  const stops = overview()
    .getAllByRole('grid')
    .filter(({ tabIndex }) => tabIndex === 0);
  expect(stops).toEqual([grid('Words → regions')]);
  expect(cellName('Words → regions')).toMatch(/^layer 2, mean of heads: \d+ %/u);
});

it('walks over the borders between kinds, says each head, and opens one', () => {
  const words = grid('Words → regions');
  words.focus();
  fireEvent.keyDown(words, { key: 'ArrowRight' });
  expect(cellName('Words → regions')).toMatch(/^layer 2, head 1: /u);
  fireEvent.keyDown(words, { key: 'ArrowDown' });
  const regions = grid('Regions → words');
  expect(document.activeElement).toBe(regions);
  expect(cellName('Regions → words')).toMatch(/^layer 1, head 1: /u);
  fireEvent.keyDown(regions, { key: 'Enter' });
  expect(session.getState().attentionView).toEqual({ module: 'regionToText', layer: 0, head: 0 });
  expect(screen.getByRole('heading', { name: 'Regions → words, layer 1, head 1' })).toBeDefined();
});

it('gives the same in a table, and says what cannot reach the answer', () => {
  const details = overview().getByText('Every head as a table').closest('details');
  if (!details) throw new Error('the table is in a disclosure');
  details.open = true;
  fireEvent(details, new Event('toggle'));
  const table = within(overview().getByRole('table'));
  expect(table.getAllByRole('row')).toHaveLength(1 + 6 * 2);
  expect(table.getAllByRole('rowheader', { name: /cannot reach the answer/u })).toHaveLength(2);
});

it('colors by the part in the answer', async () => {
  fireEvent.change(overview().getByRole('combobox', { name: 'Colored by' }), {
    target: { value: 'importance' },
  });
  expect(await overview().findByText(/^Of “brown”: 33 % is done by heads that look across/u)).toBeDefined();
  expect(cellName('Words → regions')).toBe('layer 2, mean of heads: only single heads have a part');
});

it('reads a cell of the matrix and locks its row', () => {
  const matrix = screen.getByRole('grid', { name: /^Attention of 6 tokens to 3 regions/u });
  fireEvent.keyDown(matrix, { key: 'ArrowDown' });
  expect(within(matrix).getByRole('gridcell').getAttribute('aria-label')).toMatch(
    /^“Where” → 1 brown dog: \d+\.\d %$/u,
  );
  fireEvent.keyDown(matrix, { key: 'Enter' });
  expect(session.getState().focus).toEqual({ kind: 'token', index: 1, locked: true });
});
