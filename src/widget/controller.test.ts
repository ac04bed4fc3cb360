import { describe, expect, test, vi } from 'vitest';
import { createFakeEngine } from '../core/testing/engine-fake.ts';
import { VqaError } from '../core/errors.ts';
import { recordFake } from '../recording/recording-fixture.ts';
import { createExhibit, type ExhibitSettings } from './controller.ts';
import { createEnginePool } from './share-engine.ts';

const PHOTO = new Blob(['a photo']);
const SETTINGS: ExhibitSettings = {
  src: null,
  photo: PHOTO,
  question: 'What is brown?',
  record: null,
  recording: null,
  explain: 'attention',
  packUrl: 'https://example.org/packs/tiny/',
  backend: 'wasm',
  workerUrl: 'https://example.org/embed/worker.js',
};

function openExhibit(given: Partial<ExhibitSettings> = {}) {
  const engine = createFakeEngine();
  let opened = 0;
  const pool = createEnginePool(() => {
    opened += 1;
    return { ...engine, disconnect: () => undefined };
  });
  const settings = { ...SETTINGS, ...given };
  const exhibit = createExhibit(pool, settings, () => undefined);
  const phase = (wanted: string) => vi.waitFor(() => expect(exhibit.shown.phase).toBe(wanted));
  const asked = () =>
    engine.calls.flatMap(({ method, params }) =>
      method === 'ask' && hasQuestion(params) ? [params.question] : [],
    );
  return { engine, exhibit, settings, phase, asked, opened: () => opened };
}

describe('with models', () => {
  test('does nothing before it begins, then answers the question of the tag', async () => {
    const { engine, exhibit, phase, opened } = openExhibit();
    expect(exhibit.shown.phase).toBe('poster');
    expect(opened()).toBe(0);
    exhibit.begin();
    await phase('answered');
    expect(exhibit.shown.exchange?.prediction.question).toBe('What is brown?');
    exhibit.begin();
    expect(engine.calls.filter(({ method }) => method === 'load')).toHaveLength(1);
  });

  test('asking begins, and waits for models, photo and answer', async () => {
    const { exhibit } = openExhibit({ question: null });
    const prediction = await exhibit.ask('Is there a dog?');
    expect(prediction.question).toBe('Is there a dog?');
  });

  test('a question that is overtaken rejects as cancelled', async () => {
    const { engine, exhibit, phase } = openExhibit({ question: null });
    exhibit.begin();
    await phase('ready');
    engine.hold('ask');
    const first = exhibit.ask('Is there a dog?');
    const second = exhibit.ask('Is there a cat?');
    engine.release('ask');
    await expect(first).rejects.toMatchObject({ code: 'cancelled' });
    await expect(second).resolves.toMatchObject({ question: 'Is there a cat?' });
  });

  test('a question without a photo says so', async () => {
    const { exhibit } = openExhibit({ photo: null });
    await expect(exhibit.ask('Is there a dog?')).rejects.toMatchObject({ code: 'image-empty' });
  });

  test('what fails is shown, and can be tried again', async () => {
    const { engine, exhibit, phase } = openExhibit();
    engine.failNext('load', new VqaError('pack-missing', 'There is no pack.'));
    exhibit.begin();
    await phase('engine-failed');
    expect(exhibit.shown.error?.code).toBe('pack-missing');
    exhibit.retry();
    await phase('answered');
  });

  test('another question or photo on the tag is followed', async () => {
    const { exhibit, settings, phase, asked } = openExhibit();
    exhibit.begin();
    await phase('answered');
    exhibit.configure({ ...settings, question: 'How many?' });
    await vi.waitFor(() => expect(exhibit.shown.exchange?.prediction.question).toBe('How many?'));
    exhibit.configure({ ...settings, question: 'How many?', photo: new Blob(['another']) });
    await vi.waitFor(() => expect(asked()).toEqual(['What is brown?', 'How many?', 'How many?']));
  });

  test('after it has been away it takes up the last question', async () => {
    const { exhibit, phase, asked } = openExhibit();
    exhibit.begin();
    await phase('answered');
    await exhibit.ask('Is there a cat?');
    exhibit.end();
    expect(exhibit.shown.phase).toBe('poster');
    exhibit.begin();
    await phase('answered');
    expect(asked()).toEqual(['What is brown?', 'Is there a cat?', 'Is there a cat?']);
  });

  test('explains by the method that is wanted, and remembers it', async () => {
    const { engine, exhibit, settings, phase } = openExhibit({ explain: 'relevance' });
    exhibit.begin();
    await phase('answered');
    await vi.waitFor(() => expect(exhibit.shown.explanation.status).toBe('ready'));
    exhibit.configure({ ...settings, explain: 'attention' });
    expect(exhibit.shown.explanation.status).toBe('none');
    expect(exhibit.shown.attention).not.toBeNull();
    exhibit.configure({ ...settings, explain: 'relevance' });
    expect(exhibit.shown.explanation.status).toBe('ready');
    expect(engine.calls.filter(({ method }) => method === 'explain')).toHaveLength(1);
  });
});

describe('with a recording', () => {
  test('plays it without any engine', async () => {
    const recording = await recordFake(['What is brown?', 'How many?']);
    const { exhibit, phase, opened } = openExhibit({ recording, photo: null, question: 'How many?' });
    exhibit.begin();
    await phase('answered');
    expect(exhibit.shown.exchange?.prediction.question).toBe('How many?');
    expect(exhibit.shown.suggestions).toEqual(['What is brown?', 'How many?']);
    expect(opened()).toBe(0);
  });

  test('a question that was not recorded says so', async () => {
    const recording = await recordFake(['What is brown?']);
    const { exhibit } = openExhibit({ recording, photo: null, question: null });
    await expect(exhibit.ask('Is it raining?')).rejects.toMatchObject({ code: 'not-recorded' });
  });

  test('runs live with the recorded photo and question', async () => {
    const recording = await recordFake(['What is brown?']);
    const { engine, exhibit, phase, opened } = openExhibit({ recording, photo: null, question: null });
    exhibit.begin();
    await phase('answered');
    exhibit.runLive();
    await phase('answered');
    expect(opened()).toBe(1);
    expect(exhibit.shown.recording).toBeNull();
    expect(exhibit.shown.exchange?.prediction.question).toBe('What is brown?');
    expect([...engine.encoded.values()]).toEqual([recording.photo.thumbnail]);
  });

  test('one that cannot be had is an error that can be tried again', async () => {
    const { exhibit, phase } = openExhibit({ record: 'data:application/json,{}', photo: null });
    exhibit.begin();
    await phase('failed');
    expect(exhibit.shown.error?.code).toBe('recording-invalid');
  });
});

function hasQuestion(params: unknown): params is { readonly question: string } {
  return typeof params === 'object' && params !== null && 'question' in params;
}
