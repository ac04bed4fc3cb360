import { beforeEach, describe, expect, it, vi } from 'vitest';
import { VqaError } from '../../core/errors.ts';
import { startSession, type SessionFixture } from './session-fixture.ts';
import type { SessionState } from './state.ts';

const badFile = new VqaError('image-unreadable', 'notes.txt is not an image.');
const textFile = new Blob(['text'], { type: 'text/plain' });

let engine: SessionFixture['engine'];
let session: SessionFixture['session'];
let open: SessionFixture['open'];
let work: SessionFixture['work'];
let answered: SessionFixture['answered'];

beforeEach(() => {
  ({ engine, session, open, work, answered } = startSession());
});

const until = (check: (state: SessionState) => boolean) =>
  vi.waitFor(() => expect(check(session.getState())).toBe(true));

describe('a photo', () => {
  it('aborts the one before it, whose late result is never shown', async () => {
    await session.load();
    engine.hold('detect');
    const first = open('first.jpg');
    await until((state) => state.photo.status === 'detecting');
    const second = open('second.jpg');
    engine.release('detect');
    await Promise.all([first, second]);
    expect(engine.calls.find(({ method }) => method === 'detect')?.signal?.aborted).toBe(true);
    expect(session.getState().photo).toMatchObject({ status: 'ready', scene: { imageId: 'photo-2' } });
    await vi.waitFor(() => expect(work()).toContain('forget'));
  });

  it('keeps its place when the one before it succeeds late, whatever was aborted', async () => {
    await session.load();
    engine.ignoreAborts();
    engine.hold('detect');
    const first = open('first.jpg');
    await until((state) => state.photo.status === 'detecting');
    const second = open('second.jpg');
    await vi.waitFor(() => expect(work().filter((method) => method === 'detect')).toHaveLength(2));
    engine.release('detect');
    await Promise.all([first, second]);
    expect(session.getState().photo).toMatchObject({ status: 'ready', scene: { imageId: 'photo-2' } });
    await vi.waitFor(() => expect(engine.encoded.has('photo-1')).toBe(false));
  });

  it('is no longer looked at when that is stopped, until a question begins it anew', async () => {
    await session.load();
    session.stopLooking();
    engine.hold('detect');
    const opening = open();
    await until((state) => state.photo.status === 'detecting');
    session.stopLooking();
    expect(engine.calls.find(({ method }) => method === 'detect')?.signal?.aborted).toBe(true);
    engine.release('detect');
    await opening;
    expect(session.getState().photo).toMatchObject({
      status: 'failed',
      photo: { name: 'dog.jpg' },
      error: { code: 'cancelled', message: 'You stopped the look at this photo.' },
    });
    await session.ask('Where?');
    expect(answered()).toBe('Where?');
  });

  it('has its bytes taken at once: what becomes of the file does not matter', async () => {
    const file = new File(['dog'], 'dog.jpg', { type: 'image/jpeg' });
    await session.openPhoto(file, file.name, 'file');
    file.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotReadableError'));
    const { photo } = session.getState();
    if (photo.status !== 'ready') throw new Error(photo.status);
    expect(photo.photo.blob).not.toBe(file);
    expect(photo.photo.blob.type).toBe('image/jpeg');
    expect(await photo.photo.blob.text()).toBe('dog');
  });

  it('that is gone already, or is a folder, leaves all work in place', async () => {
    await open();
    await session.ask('Where?');
    const file = new File([''], 'Holiday');
    file.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotReadableError'));
    await session.openPhoto(file, file.name, 'drop');
    expect(session.getState()).toMatchObject({
      photo: { status: 'ready', photo: { name: 'dog.jpg' } },
      answer: { status: 'ready' },
      inputError: { code: 'image-unreadable', message: expect.stringContaining('“Holiday” cannot be read') },
    });
  });

  it.each(['data:image/png;base64,AAAA', 'blob:https://example.org/1'])(
    'at %s is the person’s own: its address is told to nobody',
    async (address) => {
      const started = startSession({
        fetchImage: async () => new Response('dog', { headers: { 'content-type': 'image/png' } }),
      });
      await started.session.openUrl(address);
      const { photo } = started.session.getState();
      expect(photo).toMatchObject({ status: 'ready', photo: { source: 'paste' } });
      expect('photo' in photo && photo.photo.url).toBeUndefined();
    },
  );

  it('that the browser would show lying is shown upright', async () => {
    const upright = new Blob(['upright']);
    const detect = engine.detect.bind(engine);
    engine.detect = async (params, options) => ({ ...(await detect(params, options)), upright });
    await open();
    const { photo } = session.getState();
    expect('photo' in photo && photo.photo).toMatchObject({ blob: upright, isTurned: true });
  });

  it('that is none leaves photo, question and answer in place', async () => {
    await open();
    await session.ask('Where?');
    engine.failNext('detect', badFile);
    await session.openPhoto(textFile, 'notes.txt', 'drop');
    expect(session.getState()).toMatchObject({
      photo: { status: 'ready', photo: { name: 'dog.jpg' } },
      draft: 'Where?',
      answer: { status: 'ready' },
      inputError: { code: 'image-unreadable' },
    });
    session.dismissError();
    expect(session.getState().inputError).toBeNull();
  });

  it('that is none lets an interrupted question go on', async () => {
    await open();
    engine.hold('ask');
    const asking = session.ask('Where?');
    await until((state) => state.answer.status === 'asking');
    engine.failNext('detect', badFile);
    const opening = session.openPhoto(textFile, 'notes.txt', 'drop');
    engine.release('ask');
    await Promise.all([asking, opening]);
    expect(answered()).toBe('Where?');
  });

  it('gives way to the last good one when two bad files follow each other', async () => {
    await open();
    engine.hold('detect');
    const first = session.openPhoto(textFile, 'notes.txt', 'drop');
    const second = session.openPhoto(textFile, 'more.txt', 'drop');
    engine.failNext('detect', badFile);
    engine.release('detect');
    await Promise.all([first, second]);
    expect(session.getState().photo).toMatchObject({ status: 'ready', photo: { name: 'dog.jpg' } });
  });

  it('on which the models fail stays, and is tried again by asking', async () => {
    engine.failNext('detect', new Error('no kernel for Conv'));
    await open();
    expect(session.getState().photo).toMatchObject({ status: 'failed', error: { code: 'inference-failed' } });
    await session.ask('Where?');
    expect(answered()).toBe('Where?');
  });

  it('is forgotten by the engine when four newer ones have come', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) await open(name);
    await vi.waitFor(() =>
      expect([...engine.encoded.keys()]).toEqual(['photo-2', 'photo-3', 'photo-4', 'photo-5']),
    );
  });
});

describe('a photo by address', () => {
  const address = 'https://example.org/photos/cat.jpg';

  it('is fetched and detected', async () => {
    const response = new Response('photo', { headers: { 'content-type': 'image/jpeg' } });
    ({ session } = startSession({ fetchImage: async () => response }));
    await session.openUrl(address);
    expect(session.getState().photo).toMatchObject({
      status: 'ready',
      photo: { name: 'cat.jpg', source: 'url' },
    });
  });

  it('that fails leaves the present photo in place', async () => {
    ({ session, open } = startSession({ fetchImage: async () => new Response(null, { status: 404 }) }));
    await open();
    await session.openUrl(address);
    expect(session.getState()).toMatchObject({
      photo: { status: 'ready', photo: { name: 'dog.jpg', source: 'file' } },
      inputError: { code: 'image-url-failed' },
    });
  });

  it('can be stopped, and the photo before it is there again', async () => {
    let fetchSignal: AbortSignal | null | undefined;
    ({ session, open } = startSession({
      fetchImage: (_, init) =>
        new Promise((_resolve, reject) => {
          fetchSignal = init?.signal;
          fetchSignal?.addEventListener('abort', () => reject(new DOMException('stopped', 'AbortError')));
        }),
    }));
    await open();
    const fetching = session.openUrl(address);
    session.stopLooking();
    await fetching;
    expect(fetchSignal?.aborted).toBe(true);
    await vi.waitFor(() =>
      expect(session.getState()).toMatchObject({
        photo: { status: 'ready', photo: { name: 'dog.jpg' } },
        inputError: { code: 'cancelled', message: 'You stopped the fetching of the photo.' },
      }),
    );
  });

  it('stops when another photo comes first', async () => {
    let fetchSignal: AbortSignal | null | undefined;
    ({ session, open } = startSession({
      fetchImage: (_, init) =>
        new Promise((_resolve, reject) => {
          fetchSignal = init?.signal;
          fetchSignal?.addEventListener('abort', () => reject(new DOMException('stopped', 'AbortError')));
        }),
    }));
    const fetching = session.openUrl(address);
    expect(session.getState().photo.status).toBe('fetching');
    await open();
    await fetching;
    expect(fetchSignal?.aborted).toBe(true);
    expect(session.getState()).toMatchObject({ photo: { photo: { name: 'dog.jpg' } }, inputError: null });
  });
});
