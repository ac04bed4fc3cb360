import { beforeEach, describe, expect, it } from 'vitest';
import { VqaError } from '../../core/errors.ts';
import { selectScene } from './selectors.ts';
import { startSession, type SessionFixture } from './session-fixture.ts';

const crash = new VqaError('worker-crashed', 'The worker has stopped.');

let engine: SessionFixture['engine'];
let session: SessionFixture['session'];
let open: SessionFixture['open'];
let work: SessionFixture['work'];
let answered: SessionFixture['answered'];

beforeEach(() => {
  ({ engine, session, open, work, answered } = startSession());
});

describe('loading', () => {
  it('reports progress and then the backend', async () => {
    const stages: string[] = [];
    session.subscribe(({ engine: { status } }) => stages.push(status));
    await session.load();
    expect(stages).toContain('loading');
    expect(session.getState().engine).toMatchObject({
      status: 'ready',
      report: { backend: { backend: 'wasm' } },
    });
  });

  it('begins with the first photo when nobody has asked for it', async () => {
    await open();
    expect(work()).toEqual(['load', 'detect']);
  });

  it('happens once', async () => {
    await Promise.all([session.load(), session.load()]);
    await session.load();
    expect(work()).toEqual(['load']);
  });

  it('that fails keeps its code, and can be tried again', async () => {
    engine.failNext('load', new VqaError('pack-missing', 'pack.json: status 404.'));
    await open();
    expect(session.getState()).toMatchObject({
      engine: { status: 'failed', error: { code: 'pack-missing' } },
      photo: { status: 'waiting' },
    });
    await session.load();
    expect(session.getState().photo.status).toBe('ready');
  });

  it('of another backend replaces one at work, and detects the photo again', async () => {
    await open();
    engine.hold('load');
    const first = session.chooseBackend('webgpu');
    const second = session.chooseBackend('wasm');
    expect(session.getState().photo.status).toBe('waiting');
    engine.release('load');
    await Promise.all([first, second]);
    expect(session.getState()).toMatchObject({
      engine: { report: { backend: { backend: 'wasm' } } },
      photo: { status: 'ready' },
    });
    expect(work()).toEqual(['load', 'detect', 'load', 'load', 'detect']);
  });

  it('keeps the answer on screen with its regions', async () => {
    await open();
    await session.ask('Where?');
    engine.hold('load');
    const loading = session.chooseBackend('webgpu');
    expect(answered()).toBe('Where?');
    expect(selectScene(session.getState())?.regions).toHaveLength(3);
    engine.release('load');
    await loading;
  });
});

describe('a crash', () => {
  it('keeps photo, question and history, and loading picks all of it up again', async () => {
    await open();
    await session.ask('Where?');
    engine.failNext('ask', crash);
    await session.ask('Who?');
    expect(session.getState()).toMatchObject({
      engine: { status: 'failed', error: { code: 'worker-crashed' } },
      photo: { status: 'waiting', photo: { name: 'dog.jpg' } },
      answer: { status: 'waiting', question: 'Who?' },
      draft: 'Who?',
    });
    expect(session.getState().history).toHaveLength(1);
    engine.loseModels();
    await session.load();
    expect(answered()).toBe('Who?');
  });

  it('of an idle worker shows at the next question', async () => {
    await open();
    engine.loseModels();
    await session.ask('Where?');
    expect(session.getState()).toMatchObject({
      engine: { status: 'failed', error: { code: 'not-loaded' } },
      answer: { status: 'waiting' },
    });
  });

  it('while loading fails the loading', async () => {
    engine.failNext('load', crash);
    await session.load();
    expect(session.getState().engine).toMatchObject({ status: 'failed', error: { code: 'worker-crashed' } });
  });
});

describe('loading that takes too long', () => {
  it('can be stopped, and gone on with', async () => {
    engine.hold('load');
    const loading = session.load();
    session.stopLoading();
    expect(session.getState().engine).toMatchObject({ status: 'failed', error: { code: 'cancelled' } });
    engine.release('load');
    await loading;
    expect(session.getState().engine.status).toBe('failed');
    await session.load();
    expect(session.getState().engine.status).toBe('ready');
  });
});

describe('the cache', () => {
  it('can be seen and cleared', async () => {
    await session.clearCache();
    expect(session.getState().cache).toMatchObject({ status: 'available', packs: [] });
    engine.failNext('inspectCache', new Error('SecurityError'));
    await session.inspectCache();
    expect(session.getState().cache).toEqual({ status: 'refused' });
  });
});
