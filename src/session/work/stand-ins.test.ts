import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeEngine, type FakeEngine } from '../../core/testing/engine-fake.ts';
import { VqaError } from '../../core/errors.ts';
import { selectExchange, selectPhase, selectTimings } from './selectors.ts';
import { startSession, type SessionFixture } from './session-fixture.ts';
import type { SessionState } from './state.ts';

const QUESTION = 'What color is the dog?';
const photo = new Blob(['photo'], { type: 'image/jpeg' });

let standIn: FakeEngine;
let engine: SessionFixture['engine'];
let session: SessionFixture['session'];
let work: SessionFixture['work'];

beforeEach(async () => {
  ({ engine, session, work } = startSession());
  standIn = createFakeEngine();
  await standIn.load({ packUrl: 'https://example.org/', backend: 'auto' });
});

const until = (check: (state: SessionState) => boolean) =>
  vi.waitFor(() => expect(check(session.getState())).toBe(true));

const openRecorded = (question = QUESTION) => session.openRecorded(photo, 'park.jpg', standIn, question);

/** A stand-in that was not asked this. */
const unknown = new VqaError('not-recorded', 'The recording has no answer to this.');

describe('a stand-in', () => {
  it('answers without any model', async () => {
    await openRecorded();
    expect(work()).toEqual([]);
    const state = session.getState();
    expect(selectPhase(state)).toBe('answered');
    expect(selectExchange(state)).toMatchObject({ prediction: { question: QUESTION }, standIn });
    expect(selectTimings(state)).toEqual([]);
    expect(state).toMatchObject({ engine: { status: 'idle' }, draft: QUESTION, history: [{}] });
  });

  it('gives way to the models in place, and what the person looks at stays', async () => {
    await openRecorded();
    const before = selectExchange(session.getState());
    session.focusOn({ kind: 'region', index: 1, locked: true });
    await session.load();
    const { history, focus } = session.getState();
    const exchange = selectExchange(session.getState());
    expect(exchange).toMatchObject({ id: before?.id, prediction: { question: QUESTION } });
    expect(exchange).not.toHaveProperty('standIn');
    expect(history).toEqual([exchange]);
    expect(focus).toEqual({ kind: 'region', index: 1, locked: true });
    expect(work()).toEqual(['load', 'detect', 'ask']);
  });

  it('answers further questions while the models load', async () => {
    engine.hold('load');
    const loading = session.load();
    await openRecorded();
    await session.ask('Is there a frisbee?');
    expect(selectExchange(session.getState())).toMatchObject({
      prediction: { question: 'Is there a frisbee?' },
      standIn,
    });
    engine.release('load');
    await loading;
    expect(selectExchange(session.getState())).not.toHaveProperty('standIn');
  });

  it('leaves to the models what it does not know', async () => {
    standIn.failNext('ask', unknown);
    await openRecorded();
    expect(work()).toEqual(['load', 'detect', 'ask']);
    expect(selectExchange(session.getState())).not.toHaveProperty('standIn');
  });

  it('is not asked once the models are there', async () => {
    await session.load();
    const asked = standIn.calls.length;
    await openRecorded();
    expect(standIn.calls).toHaveLength(asked);
    expect(selectExchange(session.getState())).toMatchObject({ prediction: { question: QUESTION } });
  });

  it('keeps its answer on screen when the models cannot be loaded, or have none', async () => {
    await openRecorded();
    engine.failNext('load', new VqaError('pack-interrupted', 'The connection broke.'));
    await session.load();
    expect(selectExchange(session.getState())).toMatchObject({ standIn });
    engine.failNext('ask', new VqaError('inference-failed', 'No kernel.'));
    await session.load();
    expect(session.getState().engine.status).toBe('ready');
    expect(selectExchange(session.getState())).toMatchObject({ standIn });
  });

  it('gives way to a photo that is opened meanwhile, and comes back if that is none', async () => {
    engine.hold('load');
    const loading = session.load();
    await openRecorded();
    const opening = session.openPhoto(new Blob(['text']), 'notes.txt', 'drop');
    expect(session.getState().answer.status).toBe('waiting');
    engine.failNext('detect', new VqaError('image-unreadable', 'notes.txt is not an image.'));
    engine.release('load');
    await Promise.all([loading, opening]);
    await until(({ answer }) => answer.status === 'ready' && !answer.exchange.standIn);
    expect(session.getState().photo).toMatchObject({ status: 'ready', photo: { name: 'park.jpg' } });
  });
});
