/** The language side of a made pack without its detector: a photo's regions are numbers here. */
import type { ModelPack } from '../../../src/core/pack/pack.ts';
import { encodeLanguage } from '../../../src/engine/lxmert/encode-language.ts';
import { encodeScene } from '../../../src/engine/lxmert/encode-scene.ts';
import { withOpenGates } from '../../../src/engine/lxmert/open-gates.ts';
import { openPackGraph, type ReadFile } from '../../../src/engine/pack/pack-graphs.ts';
import { predictAnswer } from '../../../src/engine/lxmert/predict-answer.ts';
import type { Runtime } from '../../../src/engine/runtime/runtime.ts';
import { madeRegions, tokenIds } from './numbers.ts';

export interface AskedLxmert {
  /** One further question on a photo, as the engine answers it: language and cross encoder, all attention read. */
  readonly ms: number;
  readonly logits: readonly number[];
}

export interface Lxmert {
  readonly threads: number;
  ask(tokens: number): Promise<AskedLxmert>;
}

export async function openLxmert(runtime: Runtime, pack: ModelPack, readFile: ReadFile): Promise<Lxmert> {
  const { lxmert } = pack;
  const open = async (part: 'vision' | 'language' | 'cross') =>
    withOpenGates(await openPackGraph(runtime, pack, readFile, lxmert[part]), part, lxmert);
  const vision = await open('vision');
  const scene = await encodeScene(vision, madeRegions(lxmert.featureSize));
  await vision.release();
  const language = await open('language');
  const cross = await open('cross');
  return {
    threads: runtime.threads,
    async ask(tokens) {
      const ids = tokenIds(tokens);
      const startedMs = performance.now();
      const { logits } = await predictAnswer(cross, {
        language: await encodeLanguage(language, ids),
        vision: scene,
      });
      return { ms: performance.now() - startedMs, logits: [...logits.data] };
    },
  };
}
