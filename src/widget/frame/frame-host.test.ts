// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { connectFrame, FrameError } from './frame-host.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Outside of the page, so that nobody is in it. */
function emptyFrame(loading: 'lazy' | 'eager' = 'eager'): HTMLIFrameElement {
  const iframe = document.createElement('iframe');
  iframe.loading = loading;
  iframe.src = 'https://example.org/vqa/embed/frame.html';
  return iframe;
}

/** What has become of a promise by now. */
function outcomeOf(promise: Promise<unknown>): () => string {
  let outcome = 'waiting';
  promise.then(
    () => (outcome = 'done'),
    (error: Error) => (outcome = error.message),
  );
  return () => outcome;
}

const SILENT =
  /^The frame has not answered within 30 seconds\. Its address, https:\/\/example\.org\/vqa\/embed\/frame\.html, must lead to/u;

test('a frame in which nobody answers ends with an error that says what to look at', async () => {
  const frame = connectFrame(emptyFrame());
  const [ready, ask] = [outcomeOf(frame.ready), outcomeOf(frame.ask('what is this?'))];
  await vi.advanceTimersByTimeAsync(29_000);
  expect([ready(), ask()]).toEqual(['waiting', 'waiting']);
  await vi.advanceTimersByTimeAsync(2000);
  expect(ready()).toMatch(SILENT);
  expect(ask()).toBe(ready());
});

test('a frame that loads when it is scrolled to has its time from then on', async () => {
  const iframe = emptyFrame('lazy');
  const ready = outcomeOf(connectFrame(iframe).ready);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(ready()).toBe('waiting');
  iframe.dispatchEvent(new Event('load'));
  await vi.advanceTimersByTimeAsync(31_000);
  expect(ready()).toMatch(SILENT);
});

test('the page says how long it waits, and may let go before', async () => {
  const quick = outcomeOf(connectFrame(emptyFrame(), { timeoutMs: 500 }).ready);
  const frame = connectFrame(emptyFrame());
  const ready = outcomeOf(frame.ready);
  frame.disconnect();
  await vi.advanceTimersByTimeAsync(600);
  expect(quick()).toContain('within 0.5 seconds');
  expect(ready()).toBe('The page has let go of the frame.');
  expect(vi.getTimerCount()).toBe(0);
});

test.each([null, undefined, document, '#frame'])('%s is no frame', (given) => {
  expect(() => Reflect.apply(connectFrame, undefined, [given])).toThrow(
    /^iframe is .+, must be an <iframe> of this page$/u,
  );
});

test.each([0, -1, Number.NaN, 'soon'])('%s is no time to wait', (timeoutMs) => {
  expect(() => Reflect.apply(connectFrame, undefined, [emptyFrame(), { timeoutMs }])).toThrow(
    'must be a number above 0',
  );
});

test('an error of the frame keeps its message where it is written as JSON', () => {
  const error = new FrameError({ code: 'type-error', message: 'question is missing', remedy: 'Give one.' });
  expect(JSON.parse(JSON.stringify(error))).toEqual({
    name: 'FrameError',
    code: 'type-error',
    message: 'question is missing',
    remedy: 'Give one.',
  });
});
