/** One session with whatever answers in it: the models, or a recording of what they said. */
import type { Engine } from '../core/engine.ts';
import { asVqaError, VqaError } from '../core/errors.ts';
import { parseRecording } from '../recording/parse-recording.ts';
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

/** @throws VqaError `recording-invalid` when there is none at `url`, or none that can be read. */
export async function fetchRecording(url: string, signal: AbortSignal): Promise<Recording> {
  let text: string;
  try {
    const response = await fetch(url, { signal, credentials: 'omit' });
    if (!response.ok)
      throw new VqaError('recording-invalid', `${url} answered with status ${response.status}.`);
    text = await response.text();
  } catch (thrown) {
    if (thrown instanceof VqaError || signal.aborted) throw asVqaError(thrown);
    throw new VqaError('recording-invalid', `The recording at ${url} could not be fetched.`, {
      cause: thrown,
    });
  }
  return await parseRecording(text);
}
