/** What is measured, the same way for every engine: whole calls by the clock, and the graphs inside them. */
import type { Engine } from '../../src/core/engine.ts';
import { METHODS } from '../../src/explain/registry.ts';

/** One photo with questions about it. */
export interface BenchPhoto {
  readonly name: string;
  readonly image: Blob;
  readonly questions: readonly string[];
}

/** Milliseconds of single calls; `graphs` is the part spent in ONNX Runtime and around it, without decoding. */
export interface Samples {
  readonly detect: number[];
  readonly detectGraphs: number[];
  readonly firstQuestion: number[];
  readonly firstQuestionGraphs: number[];
  readonly furtherQuestion: number[];
  readonly furtherQuestionGraphs: number[];
  /** Why, by the method that the page begins with. */
  readonly explanation: number[];
}

export type Measure = keyof Samples;

export function emptySamples(): Samples {
  return {
    detect: [],
    detectGraphs: [],
    firstQuestion: [],
    firstQuestionGraphs: [],
    furtherQuestion: [],
    furtherQuestionGraphs: [],
    explanation: [],
  };
}

async function timed<Result>(
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly ms: number }> {
  const startedMs = performance.now();
  const result = await work();
  return { result, ms: performance.now() - startedMs };
}

/** One round over one photo: found anew, then asked everything once. */
export async function measurePhoto(engine: Engine, { name, image, questions }: BenchPhoto): Promise<Samples> {
  const samples = emptySamples();
  const scene = await timed(() => engine.detect({ imageId: name, image }));
  const { proposeMs, classifyMs, encodeMs } = scene.result.timings;
  samples.detect.push(scene.ms);
  samples.detectGraphs.push(proposeMs + classifyMs + encodeMs);
  for (const [position, question] of questions.entries()) {
    const answer = await timed(() => engine.ask({ imageId: name, question }));
    const { languageMs, crossMs } = answer.result.timings;
    const isFirst = position === 0;
    samples[isFirst ? 'firstQuestion' : 'furtherQuestion'].push(answer.ms);
    samples[isFirst ? 'firstQuestionGraphs' : 'furtherQuestionGraphs'].push(languageMs + crossMs);
  }
  const [question = ''] = questions;
  const why = await timed(() => engine.explain({ imageId: name, question, method: METHODS[0]!.id }));
  samples.explanation.push(why.ms);
  await engine.forget({ imageId: name });
  return samples;
}
