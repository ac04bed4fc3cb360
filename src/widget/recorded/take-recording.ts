/** Recordings as pages and scripts give them. */
import { VqaError } from '../../core/errors.ts';
import { isRecording, type Recording } from '../../recording/recording.ts';

/** A recording that has been read, or its file as text or as `JSON.parse` gives it. */
export type GivenRecording = Recording | string | object;

/** @throws VqaError `recording-invalid`, or `code-interrupted` when what reads it cannot be fetched */
export async function takeRecording(given: URL | GivenRecording, signal?: AbortSignal): Promise<Recording> {
  if (isRecording(given)) return given;
  const { readRecording } = await import('./read-recording.ts').catch((cause: unknown) => {
    const message = 'The part of the program that reads recordings could not be fetched.';
    throw new VqaError('code-interrupted', message, { cause });
  });
  const read = await readRecording(given, signal);
  if ('error' in read) throw VqaError.fromReport(read.error);
  return read.recording;
}
