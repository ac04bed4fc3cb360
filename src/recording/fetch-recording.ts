/** A recording from the web, read no further than a recording can be long. */
import { responseChunks } from '../bytes/response-chunks.ts';
import { asVqaError, VqaError } from '../core/errors.ts';
import { parseRecording } from './parse-recording.ts';
import { MAX_RECORDING_BYTES, type Recording } from './recording.ts';

const STALL_MS = 30_000;

/** @throws VqaError `recording-invalid` when there is none at `url`, or none that can be read. */
export async function fetchRecording(url: string, signal?: AbortSignal): Promise<Recording> {
  const notFetched = (cause: unknown) =>
    new VqaError('recording-invalid', `The recording at ${url} could not be fetched.`, { cause });
  let response: Response;
  try {
    response = await fetch(url, { ...(signal && { signal }), credentials: 'omit' });
  } catch (thrown) {
    throw signal?.aborted === true ? asVqaError(thrown) : notFetched(thrown);
  }
  if (!response.ok) {
    await response.body?.cancel();
    throw new VqaError('recording-invalid', `${url} answered with status ${response.status}.`);
  }
  const decoder = new TextDecoder();
  let [text, bytes] = ['', 0];
  for await (const chunk of responseChunks(response, STALL_MS, notFetched)) {
    bytes += chunk.length;
    if (bytes > MAX_RECORDING_BYTES) {
      const limit = `a recording has ${MAX_RECORDING_BYTES} bytes at most`;
      throw new VqaError('recording-invalid', `The file at ${url} is too large: ${limit}.`);
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return await parseRecording(text + decoder.decode());
}
