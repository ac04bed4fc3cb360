/** A session on a fake engine, and short ways to say what the tests say often. */
import { createFakeEngine, type EngineMethod, type FakeEngine } from '../../core/testing/engine-fake.ts';
import { createSession, type SessionOptions } from './create-session.ts';
import { selectPrediction } from './selectors.ts';
import type { Session } from './state.ts';

export interface SessionFixture {
  readonly engine: FakeEngine;
  readonly session: Session;
  /** Opens a photo from a file; photos are called `photo-1`, `photo-2` … in the engine. */
  readonly open: (name?: string) => Promise<void>;
  /** What the engine was asked to do, without the tokenizing that follows the typing. */
  readonly work: () => EngineMethod[];
  /** The question whose answer is on screen, else the status of the answer. */
  readonly answered: () => string;
}

export function startSession(options: Partial<SessionOptions> = {}): SessionFixture {
  const engine = createFakeEngine();
  let photos = 0;
  const session = createSession(engine, {
    packUrl: 'https://example.org/packs/fake/',
    newId: () => {
      photos += 1;
      return `photo-${photos}`;
    },
    ...options,
  });
  return {
    engine,
    session,
    open: (name = 'dog.jpg') => session.openPhoto(new Blob([name], { type: 'image/jpeg' }), name, 'file'),
    work: () => engine.calls.map(({ method }) => method).filter((method) => method !== 'tokenize'),
    answered: () => selectPrediction(session.getState())?.question ?? session.getState().answer.status,
  };
}
