/** A recording behind the interface of a loaded pack: nothing is fetched, nothing is computed. */
import { createRecordedEngine } from '../recording/recorded-engine.ts';
import type { Recording } from '../recording/recording.ts';
import { createVqa, type Vqa } from './vqa.ts';

/** Whatever photo is detected is taken to be the recorded one; a question that was not recorded is `not-recorded`. */
export async function playRecording(recording: Recording): Promise<Vqa> {
  const engine = createRecordedEngine(recording);
  const report = await engine.load({ packUrl: '', backend: 'auto' });
  return createVqa(engine, report, () => undefined);
}
