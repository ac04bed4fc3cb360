/** One session with whatever answers in it: the models, or a recording of what they said. */
import type { Engine } from '../core/engine.ts';
import { photoOf } from '../recording/photo-ground.ts';
import { createRecordedEngine } from '../recording/recorded-engine.ts';
import type { Recording } from '../recording/recording.ts';
import { createSession } from '../session/work/create-session.ts';
import type { Session } from '../session/work/state.ts';
import type { EnginePool, ModelsWanted } from './share-engine.ts';

export interface Sitting {
  readonly session: Session;
  readonly engine: Engine;
  /** What is played; null when the models answer. */
  readonly recording: Recording | null;
  /** Gives the engine back; the session must not be used afterwards. */
  end(): void;
}

export function sitLive(pool: EnginePool, wanted: ModelsWanted): Sitting {
  const engine = pool.lease(wanted);
  const { packUrl, backend } = wanted;
  return {
    session: createSession(engine, { packUrl, backendChoice: backend }),
    engine,
    recording: null,
    end: () => engine.release(),
  };
}

/** Starts with the recorded photo on screen; `question` is the first recorded one when null. */
export function sitRecorded(recording: Recording, question: string | null): Sitting {
  const engine = createRecordedEngine(recording);
  const session = createSession(engine, { packUrl: '' });
  void session.openPhoto(photoOf(recording), recording.photo.name, 'sample');
  void session.ask(question ?? recording.answers[0]?.question ?? '');
  return { session, engine, recording, end: () => undefined };
}
