import { beforeEach, describe, expect, it, vi } from 'vitest';
import { VqaError } from '../../core/errors.ts';
import { selectPhoto } from './selectors.ts';
import { startSession, type SessionFixture } from './session-fixture.ts';
import type { SessionState } from './state.ts';

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

describe('a question', () => {
  it('waits for the photo and the models, and then runs by itself', async () => {
    engine.hold('load');
    const asking = session.ask('Where?');
    const opening = open();
    await until((state) => state.engine.status === 'loading');
    expect(session.getState().answer).toEqual({ status: 'waiting', question: 'Where?' });
    engine.release('load');
    await Promise.all([asking, opening]);
    expect(answered()).toBe('Where?');
  });

  it('aborts the one before it', async () => {
    await open();
    engine.hold('ask');
    const first = session.ask('Where?');
    await until((state) => state.answer.status === 'asking');
    const second = session.ask('Who?');
    engine.release('ask');
    await Promise.all([first, second]);
    expect(answered()).toBe('Who?');
    expect(session.getState().history.map(({ prediction }) => prediction.question)).toEqual(['Who?']);
  });

  it('about a photo that has been replaced is asked of the new one alone', async () => {
    await open();
    engine.hold('ask');
    const asking = session.ask('Where?');
    await until((state) => state.answer.status === 'asking');
    const opening = open('cat.jpg');
    engine.release('ask');
    await Promise.all([asking, opening]);
    expect(session.getState()).toMatchObject({ answer: { status: 'ready' }, draft: 'Where?' });
    expect(session.getState().history.map(({ photo }) => photo.name)).toEqual(['cat.jpg']);
  });

  it('stands for the next photo, until another one is begun', async () => {
    await open();
    await session.ask('Where?');
    session.setDraft('Where is');
    await open('cat.jpg');
    expect(session.getState()).toMatchObject({ answer: { status: 'none' }, draft: 'Where is' });
  });

  it('that is typed is answered as a draft, which is not kept', async () => {
    await open();
    session.setDraft('Where?');
    await until(({ draftAnswer }) => draftAnswer !== null);
    expect(session.getState()).toMatchObject({
      draftAnswer: { question: 'Where?' },
      answer: { status: 'none' },
      history: [],
    });
    session.setDraft('Where? ');
    expect(session.getState().draftAnswer).toBeNull();
  });

  it('puts an earlier failure to bring in a photo behind it', async () => {
    await open();
    session.reportInputError(new VqaError('camera-denied', 'The camera is not allowed.').toReport());
    await session.ask('Where?');
    expect(session.getState().inputError).toBeNull();
  });

  it('that is empty says so without asking the engine', async () => {
    await open();
    await session.ask('  ');
    expect(session.getState().answer).toMatchObject({ status: 'failed', error: { code: 'question-empty' } });
    expect(work()).not.toContain('ask');
  });

  it('that fails keeps its code and the earlier answers', async () => {
    await open();
    await session.ask('Where?');
    engine.failNext('ask', new VqaError('question-unknown-words', 'No word is known.'));
    await session.ask('Qwz?');
    expect(session.getState()).toMatchObject({
      draft: 'Qwz?',
      answer: { status: 'failed', question: 'Qwz?', error: { code: 'question-unknown-words' } },
    });
    expect(session.getState().history).toHaveLength(1);
  });

  it('finds a forgotten photo detected again', async () => {
    await open();
    await engine.forget({ imageId: 'photo-1' });
    await session.ask('Where?');
    expect(answered()).toBe('Where?');
  });

  it('gives up on a photo that is forgotten again and again', async () => {
    await open();
    engine.failNext('ask', new VqaError('image-forgotten', 'gone'));
    const detect = engine.detect.bind(engine);
    vi.spyOn(engine, 'detect').mockImplementation((params, options) => {
      engine.failNext('ask', new VqaError('image-forgotten', 'gone again'));
      return detect(params, options);
    });
    await session.ask('Where?');
    expect(session.getState().answer).toMatchObject({ status: 'failed', error: { code: 'image-forgotten' } });
  });

  it('shows its tokens while it is typed', async () => {
    await session.load();
    session.setDraft('Wh');
    session.setDraft('Where?');
    await until((state) => state.draftTokens?.question === 'Where?');
    expect(session.getState().draftTokens?.result.tokens.map(({ text }) => text)).toEqual([
      '[CLS]',
      'Where?',
      '[SEP]',
    ]);
  });
});

describe('history', () => {
  it('keeps one exchange per question and photo, newest first', async () => {
    await open();
    for (const question of ['Where?', 'Who?', 'Where?']) await session.ask(question);
    expect(session.getState().history.map(({ prediction }) => prediction.question)).toEqual([
      'Where?',
      'Who?',
    ]);
    session.clearHistory();
    expect(session.getState()).toMatchObject({ history: [], answer: { status: 'ready' } });
  });

  it('brings back an exchange with its photo, without new work while the engine has it', async () => {
    await open('dog.jpg');
    await session.ask('Where?');
    await open('cat.jpg');
    const before = work().length;
    await session.recall(1);
    expect(selectPhoto(session.getState())?.name).toBe('dog.jpg');
    expect(session.getState().draft).toBe('Where?');
    expect(answered()).toBe('Where?');
    expect(work()).toHaveLength(before);
  });

  it('detects a recalled photo again once the engine has forgotten it, and shows its answer meanwhile', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      await open(name);
      if (name === 'a') await session.ask('Where?');
    }
    engine.hold('detect');
    const recalling = session.recall(1);
    await until((state) => state.photo.status === 'detecting');
    expect(answered()).toBe('Where?');
    engine.release('detect');
    await recalling;
    await session.ask('Who?');
    expect(answered()).toBe('Who?');
  });
});
