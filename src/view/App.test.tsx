// @vitest-environment happy-dom
import { cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { createFakeEngine, type FakeEngine } from '../core/testing/engine-fake.ts';
import { VqaError } from '../core/errors.ts';
import { createLab } from '../session/inquiry/create-lab.ts';
import { createSession } from '../session/work/create-session.ts';
import type { Session } from '../session/work/state.ts';
import { App } from './App.tsx';

// Tools are loaded when they are opened, which takes a busy machine its time.
configure({ asyncUtilTimeout: 20_000 });

let engine: FakeEngine;
let session: Session;

// Loaded beforehand: what a tool's first opening costs is not what is tested.
beforeAll(
  () => Promise.all([import('./explain/WhyPanel.tsx'), import('./attention/AttentionPanel.tsx')]),
  120_000,
);

beforeEach(() => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('{"samples":[]}')));
  engine = createFakeEngine();
  session = createSession(engine, { packUrl: 'https://example.org/pack/' });
  render(<App session={session} lab={createLab(engine, session)} />);
}, 120_000);

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

async function openPhoto() {
  await session.load();
  await session.openPhoto(new Blob(['photo'], { type: 'image/png' }), 'park.png', 'file');
  await screen.findByText('What it found');
}

async function ask(question: string) {
  fireEvent.change(screen.getByLabelText('Your question'), { target: { value: question } });
  fireEvent.submit(screen.getByLabelText('Your question'));
  await screen.findByRole('tab', { name: 'Attention' });
}

/** Its panel has to be loaded first. */
async function choose(tab: string) {
  fireEvent.click(screen.getByRole('tab', { name: tab }));
  await waitFor(() => expect(screen.queryByText('Opening…')).toBeNull());
}

it('leads from a photo and a question to ranked answers', async () => {
  await openPhoto();
  await ask('What color is the dog?');
  const ranked = screen.getByRole('list', { name: 'Answers by score' });
  expect(
    within(ranked)
      .getAllByRole('listitem')
      .map((item) => item.textContent),
  ).toEqual(['brown63 %', 'two12 %']);
  await waitFor(() => expect(screen.getByRole('status').textContent).toContain('Answer: brown, 63 %'));
});

it('links words, photo and list, and keeps a locked word until Escape', async () => {
  await openPhoto();
  await ask('What color is the dog?');
  await choose('Attention');
  const dog = screen.getByRole('button', { name: /^dog brown/ });
  fireEvent.focus(dog);
  expect(session.getState().focus).toMatchObject({ kind: 'region', index: 0, locked: false });
  expect(screen.getByText(/^Towards 1 brown dog: /)).toBeDefined();

  const word = screen.getByRole('button', { name: /^color/ });
  fireEvent.click(word);
  fireEvent.pointerLeave(word);
  expect(word.getAttribute('aria-pressed')).toBe('true');
  expect(screen.getByText(/^From “color”: /)).toBeDefined();

  fireEvent.keyDown(window, { key: 'Escape' });
  expect(word.getAttribute('aria-pressed')).toBe('false');
  expect(screen.getByText(/^From the answer/)).toBeDefined();
});

it('filters the list by name and attribute', async () => {
  await openPhoto();
  fireEvent.change(screen.getByLabelText('Filter'), { target: { value: 'brown' } });
  expect(screen.getByText('1 of 3')).toBeDefined();
  expect(screen.queryByRole('button', { name: /^tree/ })).toBeNull();
});

it('strikes out what the model will not read', async () => {
  await openPhoto();
  fireEvent.change(screen.getByLabelText('Your question'), {
    target: { value: 'What color is the large brown dog there?' },
  });
  expect((await screen.findByText('there?')).tagName).toBe('S');
  expect(screen.getByText(/^Too long: the model reads 6 word pieces/)).toBeDefined();
});

it('keeps photo and answer when the next file is no photo', async () => {
  await openPhoto();
  await ask('What color is the dog?');
  engine.failNext('detect', new VqaError('image-unreadable', 'The file is not a photo: it is plain text.'));
  await session.openPhoto(new Blob(['text']), 'notes.txt', 'drop');

  const note = await screen.findByRole('alert');
  expect(note.textContent).toContain('it is plain text');
  expect(screen.getByAltText('Your photo: park.png, with dog, frisbee, tree')).toBeDefined();
  expect(screen.getByText('brown', { selector: '.best-answer' })).toBeDefined();

  fireEvent.click(within(note).getByRole('button', { name: 'Dismiss this message' }));
  expect(screen.queryByRole('alert')).toBeNull();
});

it('offers to load the models again after a failure', async () => {
  engine.failNext('load', new VqaError('pack-interrupted', 'The download stopped at 4 of 9 MB.'));
  await session.load();
  const note = await screen.findByRole('alert');
  fireEvent.click(within(note).getByRole('button', { name: 'Load the models again' }));
  expect(await screen.findByText('Ready on WASM, 1 thread')).toBeDefined();
});

it('keeps the earlier answer in sight when the next question fails', async () => {
  await openPhoto();
  await ask('What color is the dog?');
  engine.failNext('ask', new VqaError('question-unknown-words', 'The question has no word that is known.'));
  fireEvent.change(screen.getByLabelText('Your question'), { target: { value: 'qwx' } });
  fireEvent.submit(screen.getByLabelText('Your question'));
  expect((await screen.findByRole('alert')).textContent).toContain('no word that is known');
  expect(screen.getByText('brown', { selector: '.best-answer' })).toBeDefined();
  expect(screen.getByText('What color is the dog?', { selector: '.asked' })).toBeDefined();
});

it('shows what a pack says of itself', async () => {
  await session.load();
  fireEvent.click(await screen.findByRole('button', { name: 'About this model' }));
  const card = await screen.findByRole('dialog', { name: 'About Fake 1.0.0' });
  expect(within(card).getByText('Nothing to download.')).toBeDefined();
  expect(within(card).getByText('Made up.')).toBeDefined();
  fireEvent.click(within(card).getByRole('button', { name: 'Close' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});
