/** A question put to the untrained pack, as tests of answers and explanations begin. */
import { fileURLToPath } from 'node:url';
import type { Engine, LoadReport } from '../../core/engine.ts';
import type { Prediction, Scene } from '../../core/types.ts';
import { loadNodeEngine } from '../open-node-engine.ts';
import { readPhoto } from '../read-photo.ts';

const ROOT = new URL('../../../', import.meta.url);
const TINY = new URL('models/fixtures/tiny-pack/', ROOT);

export const OPENING_TIMEOUT_MS = 60_000;
/** The photo and the question that `askTinyPack` asked. */
export const ASKED = { imageId: 'photo', question: 'What is on the table?' } as const;

export interface AskedPack {
  readonly engine: Engine;
  readonly report: LoadReport;
  readonly scene: Scene;
  readonly prediction: Prediction;
}

export async function askTinyPack(): Promise<AskedPack> {
  const { engine, report } = await loadNodeEngine(fileURLToPath(TINY), 1);
  const image = await readPhoto(fileURLToPath(new URL('public/samples/coffee.jpg', ROOT)));
  const scene = await engine.detect({ imageId: ASKED.imageId, image });
  return { engine, report, scene, prediction: await engine.ask(ASKED) };
}
