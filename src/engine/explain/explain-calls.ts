/** The engine's calls that explain and test answers. */
import { checkChange } from '../../core/change.ts';
import { defaultMethodOf } from '../../explain/registry.ts';
import type { AskParams, Engine } from '../../core/engine.ts';
import type { Abilities } from '../../core/explanation.ts';
import type { AskTimings, AttentionMaps, ImageId, Region } from '../../core/types.ts';
import type { EncodedQuestion, EncodeQuestion } from '../lxmert/encode-question.ts';
import { encodeLanguage, type EncodedLanguage } from '../lxmert/encode-language.ts';
import type { AskedWords, ExplainableModel } from './explain-answer.ts';
import { fetchCode } from '../pack/fetch-code.ts';
import { takesGates } from '../lxmert/open-gates.ts';
import { methodsOf } from './methods-of.ts';
import { MASK, checkQuestion } from '../lxmert/question-text.ts';
import type { Asked } from '../lxmert/run-changes.ts';
import { runWhole, type WholeRun } from '../lxmert/run-whole.ts';
import { createStopwatch } from '../runtime/stopwatch.ts';

export interface ExplainedModel extends ExplainableModel {
  readonly encodeQuestion: EncodeQuestion;
}

export interface ExplainedScene {
  readonly scene: Asked['scene'];
  readonly regions: readonly Region[];
}

export function abilitiesOf({ pack, graphs }: Pick<ExplainedModel, 'pack' | 'graphs'>): Abilities {
  const methods = methodsOf(pack);
  return {
    methods,
    defaultMethod: defaultMethodOf(methods, pack.lxmert.hiddenSize),
    closesHeads: takesGates(graphs.cross),
  };
}

/** What a changed run reads of a question. */
export async function askedWords(
  { graphs, encodeQuestion }: ExplainedModel,
  scene: Asked['scene'],
  question: string,
): Promise<AskedWords & { readonly encoded: EncodedQuestion; readonly tokenizeMs: number }> {
  const { lap } = createStopwatch();
  const encoded = encodeQuestion(question);
  checkQuestion(question, encoded);
  const tokenizeMs = lap();
  let encoding: Promise<EncodedLanguage> | null = null;
  return {
    encoded,
    ids: encoded.ids,
    tokens: encoded.tokens,
    language: () => (encoding ??= encodeLanguage(graphs.language, encoded.ids)),
    scene,
    maskId: encodeQuestion.pieces.indexOf(MASK),
    tokenizeMs,
  };
}

export interface ExplainCalls extends Pick<
  Engine,
  'explain' | 'inspectHeads' | 'measureFaithfulness' | 'findFlip'
> {
  /** What `ask` is made of. */
  answer(
    model: ExplainedModel,
    params: AskParams,
    signal: AbortSignal | undefined,
  ): Promise<
    WholeRun & {
      readonly encoded: EncodedQuestion;
      readonly timings: AskTimings;
    }
  >;
  /** To be called when a photo's regions become others. */
  forgetRuns(): void;
}

/** @param sceneOf throws when a photo is not held */
export function createExplainCalls(
  current: () => ExplainedModel,
  sceneOf: (imageId: ImageId) => ExplainedScene,
): ExplainCalls {
  /** The last run: it is explained after it is asked, and by one method after another. */
  let last: { readonly key: string; readonly whole: WholeRun } | null = null;

  return {
    async answer(model, params, signal) {
      const asked = await askedWords(model, sceneOf(params.imageId).scene, params.question);
      signal?.throwIfAborted();
      const { lap } = createStopwatch();
      const change = params.change ?? {};
      checkChange(change, asked.scene.mask.dims[1], asked.tokens);
      // Hidden words are encoded with the rest of the changed run.
      if ((change.hiddenTokens ?? []).length === 0) await asked.language();
      const languageMs = lap();
      signal?.throwIfAborted();
      const whole = await runWhole(model, asked, change);
      const timings = { tokenizeMs: asked.tokenizeMs, languageMs, crossMs: lap() };
      signal?.throwIfAborted();
      last = { key: keyOf(params), whole };
      // A copy: a prediction is moved to another thread, and the run is explained.
      return {
        logits: whole.logits,
        attention: copied(whole.attention),
        encoded: asked.encoded,
        timings,
      };
    },

    async explain(params, { signal, onProgress } = {}) {
      const model = current();
      const asked = await askedWords(model, sceneOf(params.imageId).scene, params.question);
      const { explainAnswer } = await fetchCode(() => import('./explain-answer.ts'));
      const key = keyOf(params);
      const known = last?.key === key ? last.whole : null;
      const { whole, ...explanation } = await explainAnswer(model, asked, params, known, signal, (progress) =>
        onProgress?.(progress),
      );
      last = { key, whole };
      return explanation;
    },

    async inspectHeads(params, { signal } = {}) {
      const model = current();
      const asked = await askedWords(model, sceneOf(params.imageId).scene, params.question);
      const known = last?.key === keyOf(params) ? last.whole : null;
      const { inspectHeads } = await fetchCode(() => import('./inspect-heads.ts'));
      return await inspectHeads(model, asked, params, known, signal);
    },

    async measureFaithfulness(params, { signal, onProgress } = {}) {
      const model = current();
      const { scene, regions } = sceneOf(params.imageId);
      const asked = await askedWords(model, scene, params.question);
      const { measureFaithfulness } = await fetchCode(() => import('./measure-faithfulness.ts'));
      return await measureFaithfulness(model, { ...asked, regions }, params, signal, (progress) =>
        onProgress?.(progress),
      );
    },

    async findFlip(params, { signal, onProgress } = {}) {
      const model = current();
      const asked = await askedWords(model, sceneOf(params.imageId).scene, params.question);
      const { flipAnswer } = await fetchCode(() => import('./flip-answer.ts'));
      return await flipAnswer(model, asked, params, signal, (progress) => onProgress?.(progress));
    },

    forgetRuns() {
      last = null;
    },
  };
}

function keyOf({
  imageId,
  question,
  change = {},
}: Pick<AskParams, 'imageId' | 'question' | 'change'>): string {
  return JSON.stringify([imageId, question, change]);
}

function copied(maps: AttentionMaps): AttentionMaps {
  return {
    language: { ...maps.language, data: maps.language.data.slice() },
    vision: { ...maps.vision, data: maps.vision.data.slice() },
    textToRegion: { ...maps.textToRegion, data: maps.textToRegion.data.slice() },
    regionToText: { ...maps.regionToText, data: maps.regionToText.data.slice() },
    textSelf: { ...maps.textSelf, data: maps.textSelf.data.slice() },
    regionSelf: { ...maps.regionSelf, data: maps.regionSelf.data.slice() },
  };
}
