// @vitest-environment node
import { afterEach, expect, test, vi } from 'vitest';
import { fetchRecording } from './fetch-recording.ts';
import { recordFake } from './recording-fixture.ts';
import { MAX_RECORDING_BYTES } from './recording.ts';
import { writeRecording } from './write-recording.ts';

afterEach(() => vi.unstubAllGlobals());

const answerWith = (response: () => Response) => vi.stubGlobal('fetch', async () => response());

test('reads a recording that comes in pieces', async () => {
  const bytes = new TextEncoder().encode(await writeRecording(await recordFake(['Où est “le chien”?'])));
  const pieces = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, index) =>
    bytes.subarray(index * 7, index * 7 + 7),
  );
  const slow = new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
  answerWith(() => new Response(slow));
  const { answers } = await fetchRecording('https://example.org/a.json');
  expect(answers[0]?.question).toBe('Où est “le chien”?');
});

test('stops reading as soon as it is more than a recording can be', async () => {
  let given = 0;
  const endless = new ReadableStream({
    pull(controller) {
      given += 65_536;
      controller.enqueue(new Uint8Array(65_536).fill(32));
    },
  });
  answerWith(() => new Response(endless));
  await expect(fetchRecording('https://example.org/a.json')).rejects.toMatchObject({
    code: 'recording-invalid',
    message: expect.stringContaining(`${MAX_RECORDING_BYTES} bytes at most`),
  });
  expect(given).toBeLessThan(2 * MAX_RECORDING_BYTES);
});

test('says which address had none', async () => {
  answerWith(() => new Response('gone', { status: 410 }));
  await expect(fetchRecording('https://example.org/a.json')).rejects.toThrow(
    /a\.json answered with status 410/u,
  );
});
