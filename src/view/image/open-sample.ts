/** A sample photo and its question; while there are no models, with the answer that was recorded of them. */
import { asVqaError, VqaError } from '../../core/errors.ts';
import type { Engine } from '../../core/engine.ts';
import type { Session } from '../../session/work/state.ts';
import { recordingUrl, sampleUrl, type Sample } from './samples.ts';

/**
 * Takes its time, and a person may not wait: another photo that they chose meanwhile stays, and so does what they typed.
 * @param question the sample's first one when it is null and a recording is shown
 * @param isRecorded whether the samples were recorded with the session's pack
 */
export async function openSample(
  session: Session,
  sample: Sample,
  question: string | null,
  isRecorded: boolean,
): Promise<void> {
  const { photo: shown, draft, engine } = session.getState();
  const isWanted = isRecorded && engine.status !== 'ready';
  try {
    const [photo, standIn] = await Promise.all([
      fetchPhoto(sample),
      isWanted ? fetchStandIn(sample) : Promise.resolve(null),
    ]);
    const now = session.getState();
    if (now.photo !== shown) return;
    const suggested = question ?? (standIn ? sample.questions[0] : undefined);
    const asked = now.draft === draft && !isTyping() ? suggested : undefined;
    if (standIn && asked !== undefined) {
      await session.openRecorded(photo, sample.file, standIn, asked);
      return;
    }
    const opened = session.openPhoto(photo, sample.file, 'sample');
    await Promise.all([opened, asked !== undefined && session.ask(asked)]);
  } catch (thrown) {
    session.reportInputError(asVqaError(thrown, 'image-url-failed').toReport());
  }
}

/** A text that changes below the cursor is worse than none. */
function isTyping(): boolean {
  return document.activeElement instanceof HTMLInputElement && document.activeElement.type === 'text';
}

async function fetchPhoto(sample: Sample): Promise<Blob> {
  const response = await fetch(sampleUrl(sample));
  if (!response.ok) {
    const message = `The example photo could not be fetched: the server answered ${response.status}.`;
    throw new VqaError('image-url-failed', message);
  }
  return response.blob();
}

/** Null when there is none that can be read: then the models answer. */
async function fetchStandIn(sample: Sample): Promise<Engine | null> {
  try {
    // Read by programs of its own: most visitors bring a photo, and they need not wait for these.
    const [{ fetchRecording }, { createRecordedEngine }] = await Promise.all([
      import('../../recording/fetch-recording.ts'),
      import('../../recording/recorded-engine.ts'),
    ]);
    return createRecordedEngine(await fetchRecording(recordingUrl(sample)));
  } catch {
    return null;
  }
}
