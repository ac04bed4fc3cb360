/** A recording of what the fake engine answers, for tests of whatever plays one. */
import { createFakeEngine } from '../core/testing/engine-fake.ts';
import { captureRecording } from './capture.ts';
import type { Recording } from './recording.ts';

/** Every question with an explanation by relevance; the thumbnail is a file in name alone. */
export async function recordFake(questions: readonly string[], withPhoto = true): Promise<Recording> {
  const engine = createFakeEngine();
  const imageId = 'recorded';
  const report = await engine.load({ packUrl: 'https://example.org/packs/fake/', backend: 'wasm' });
  const scene = await engine.detect({ imageId, image: new Blob() });
  const predictions = await Promise.all(questions.map((question) => engine.ask({ imageId, question })));
  const explanations = await Promise.all(
    questions.map((question) => engine.explain({ imageId, question, method: 'relevance' })),
  );
  const thumbnail = withPhoto ? new Blob([Uint8Array.of(0xff, 0xd8, 0xff)], { type: 'image/jpeg' }) : null;
  return captureRecording({
    report,
    scene,
    predictions,
    explanations,
    photo: { name: 'park.jpg', alt: 'A dog and a frisbee.', credit: null, thumbnail },
  });
}
