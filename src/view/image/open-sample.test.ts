// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startSession } from '../../session/work/session-fixture.ts';
import { openSample } from './open-sample.ts';
import type { Sample } from './samples.ts';

const SAMPLE: Sample = {
  id: 'cup',
  file: 'cup.jpg',
  width: 60,
  height: 40,
  title: 'A cup',
  alt: 'A cup on a table.',
  questions: ['What is this?'],
  credit: 'Nobody',
  licence: 'CC0-1.0',
  licenceUrl: 'https://creativecommons.org/publicdomain/zero/1.0/',
  source: 'https://example.org/cup',
};

let arrive: () => void;

beforeEach(() => {
  const arrival = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  vi.stubGlobal('fetch', async () => {
    await arrival;
    return { ok: true, blob: async () => new Blob(['cup'], { type: 'image/jpeg' }) };
  });
});

afterEach(() => vi.unstubAllGlobals());

const nameOfPhoto = ({ session }: ReturnType<typeof startSession>): string => {
  const { photo } = session.getState();
  return 'photo' in photo && photo.photo ? photo.photo.name : photo.status;
};

test('a sample opens with its question', async () => {
  const started = startSession();
  const opening = openSample(started.session, SAMPLE, 'Is it red?', false);
  arrive();
  await opening;
  expect(started.session.getState().inputError).toBeNull();
  expect(nameOfPhoto(started)).toBe('cup.jpg');
  expect(started.session.getState().draft).toBe('Is it red?');
});

test('a photo that was chosen meanwhile stays', async () => {
  const started = startSession();
  const opening = openSample(started.session, SAMPLE, 'Is it red?', false);
  await started.open('dog.jpg');
  arrive();
  await opening;
  expect(nameOfPhoto(started)).toBe('dog.jpg');
});

test('a question that was typed meanwhile stays', async () => {
  const started = startSession();
  const opening = openSample(started.session, SAMPLE, 'Is it red?', false);
  started.session.setDraft('how many cups?');
  arrive();
  await opening;
  expect(nameOfPhoto(started)).toBe('cup.jpg');
  expect(started.session.getState().draft).toBe('how many cups?');
});

test('a question box that somebody is in stays as it is', async () => {
  const started = startSession();
  const box = document.createElement('input');
  box.type = 'text';
  document.body.append(box);
  box.focus();
  const opening = openSample(started.session, SAMPLE, 'Is it red?', false);
  arrive();
  await opening;
  box.remove();
  expect(nameOfPhoto(started)).toBe('cup.jpg');
  expect(started.session.getState().draft).toBe('');
});
