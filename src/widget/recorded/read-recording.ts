/**
 * The file beside the element's that reads recordings: only a page that plays one fetches it. It is built by itself and
 * has copies of what it needs, classes of errors too, so what goes wrong comes back as a report.
 */
import { asVqaError } from '../../core/errors.ts';
import type { ErrorReport } from '../../core/types.ts';
import { fetchRecording } from '../../recording/fetch-recording.ts';
import { parseRecording } from '../../recording/parse-recording.ts';
import type { Recording } from '../../recording/recording.ts';

/** @param given where one is, its file as text, or what `JSON.parse` makes of that */
export async function readRecording(
  given: URL | string | object,
  signal?: AbortSignal,
): Promise<{ readonly recording: Recording } | { readonly error: ErrorReport }> {
  try {
    const recording =
      given instanceof URL ? await fetchRecording(given.href, signal) : await parseRecording(given);
    return { recording };
  } catch (thrown) {
    return { error: asVqaError(thrown, 'recording-invalid').toReport() };
  }
}
