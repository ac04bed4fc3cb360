// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createFakeEngine } from '../../core/testing/engine-fake.ts';
import type { DetectProgress, Engine } from '../../core/engine.ts';
import { createLab } from '../../session/inquiry/create-lab.ts';
import { createSession } from '../../session/work/create-session.ts';
import { App } from '../App.tsx';

/** Says how far the look at the photo is. */
let report: (progress: DetectProgress) => void;
let signal: AbortSignal | undefined;

/** An engine whose look at a photo goes on until it is stopped. */
function lookingEngine(): Engine {
  return {
    ...createFakeEngine(),
    detect: (_params, options) =>
      new Promise((_resolve, reject) => {
        report = (progress) => options?.onProgress?.(progress);
        signal = options?.signal;
        signal?.addEventListener('abort', () => reject(new DOMException('stopped', 'AbortError')));
      }),
  };
}

beforeEach(async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('{"samples":[]}')));
  const engine = lookingEngine();
  const session = createSession(engine, { packUrl: 'https://example.org/pack/' });
  render(<App session={session} lab={createLab(engine, session)} />);
  await session.load();
  void session.openPhoto(new Blob(['photo'], { type: 'image/png' }), 'park.png', 'file');
  await screen.findByText('Reading the photo…');
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const bar = () => screen.getByRole('progressbar', { name: 'How much of the photo has been looked at' });

it('shows what a quick look does, and no bar', async () => {
  report({ stage: 'propose' });
  await screen.findByText('Looking for things…');
  report({ stage: 'classify' });
  await screen.findByText('Naming what is there…');
  expect(screen.queryByRole('progressbar')).toBeNull();
});

it('shows how far a long look is, by one bar that grows', async () => {
  report({ stage: 'propose', steps: { done: 2, total: 8 } });
  await screen.findByText('Looking over the whole photo: part 3 of 8');
  const early = Number(bar().getAttribute('value'));
  report({ stage: 'classify', steps: { done: 120, total: 300 } });
  await screen.findByText('Looking closely at 300 places: 120 done');
  expect(Number(bar().getAttribute('value'))).toBeGreaterThan(early);
});

it('stops a long look', async () => {
  report({ stage: 'propose', steps: { done: 0, total: 8 } });
  fireEvent.click(await screen.findByRole('button', { name: 'Stop' }));
  expect(signal?.aborted).toBe(true);
  await waitFor(() =>
    expect(screen.getByRole('alert').textContent).toContain('You stopped the look at this photo.'),
  );
  expect(screen.getByRole('button', { name: 'Try this photo again' })).toBeDefined();
});
