/** `Engine` over the stages: the only file that knows their order. Calls come one at a time (`worker/serve.ts`). */
import { judgeAnswer } from '../core/answerability.ts';
import { rankAnswers, scoresOf } from '../core/answers.ts';
import type { CallOptions, DetectProgress, Engine, LoadProgress } from '../core/engine.ts';
import { VqaError, asVqaError } from '../core/errors.ts';
import { lexiconOf, type Lexicon } from '../core/lexicon.ts';
import { modelCardOf } from '../core/model-card.ts';
import type { ModelPack } from '../core/pack.ts';
import { readPackJson } from '../core/parse-pack.ts';
import { wordsOf } from '../core/read-question.ts';
import type { Tensor } from '../core/tensor.ts';
import type { ImageId, ImageNotice, Pixels, Prediction, Scene } from '../core/types.ts';
import { openPack, type BackendDependencies } from './backend.ts';
import { classifyRegions, proposeRegions } from './detect-regions.ts';
import { encodeLanguage } from './encode-language.ts';
import {
  checkQuestion,
  createQuestionEncoder,
  straightenQuotes,
  type EncodeQuestion,
} from './encode-question.ts';
import { encodeScene, type EncodedScene } from './encode-scene.ts';
import { checkLabelCounts, parseGoldenCase } from './golden-case.ts';
import { releaseGraphs, type PackGraphs } from './pack-graphs.ts';
import type { FetchedPack, PackStore } from './pack-store.ts';
import { predictAnswer } from './predict-answer.ts';
import { preprocessImage } from './preprocess-image.ts';
import { createStopwatch } from './stopwatch.ts';

export interface EngineDependencies extends BackendDependencies {
  readPixels(
    image: Blob,
    signal?: AbortSignal,
  ): Promise<{ readonly pixels: Pixels; readonly notices: readonly ImageNotice[] }>;
  readonly packStore: PackStore;
}

interface LoadedPack {
  readonly pack: ModelPack;
  readonly graphs: PackGraphs;
  readonly encodeQuestion: EncodeQuestion;
  /** Null when the pack has no answerability. */
  readonly lexicon: Lexicon | null;
}

interface KnownScene extends EncodedScene {
  readonly classScores: Tensor<readonly ['region', 'class']>;
}

export function createEngine(dependencies: EngineDependencies): Engine {
  let loaded: LoadedPack | null = null;
  const scenes = new Map<ImageId, KnownScene>();

  const current = (): LoadedPack => {
    if (loaded === null) throw new VqaError('not-loaded', 'No model pack is loaded.');
    return loaded;
  };

  const unload = async (): Promise<void> => {
    const previous = loaded;
    loaded = null;
    scenes.clear();
    if (previous !== null) await releaseGraphs(previous.graphs);
  };

  const engine: Engine = {
    async load({ packUrl, backend }, { signal, onProgress }: CallOptions<LoadProgress> = {}) {
      const fetched = await dependencies.packStore.fetch(packUrl, { signal, onProgress });
      signal?.throwIfAborted();
      const { pack, storage } = fetched;
      const encodeQuestion = createQuestionEncoder(jsonFile(fetched, pack.tokenizer), pack.lxmert.maxTokens);
      const { answerability, card: cardFile } = pack;
      const lexicon =
        answerability && readPackJson(jsonFile(fetched, answerability.words), 'words', lexiconOf);
      const card = cardFile === null ? null : readPackJson(jsonFile(fetched, cardFile), 'card', modelCardOf);
      const golden = parseGoldenCase(jsonFile(fetched, pack.golden.file));
      checkLabelCounts(pack, golden);
      await unload();
      const { graphs, report } = await openPack(
        backend,
        { pack, golden, readFile: (path) => fileOf(fetched, path) },
        dependencies,
        { signal, onStage: (stage) => onProgress?.({ stage }) },
      );
      loaded = { pack, graphs, encodeQuestion, lexicon };
      return { pack, card, backend: report, storage };
    },

    async detect({ imageId, image }, { signal, onProgress }: CallOptions<DetectProgress> = {}) {
      const { pack, graphs } = current();
      const { lap } = createStopwatch();
      const begin = (stage: DetectProgress['stage']): void => {
        signal?.throwIfAborted();
        onProgress?.({ stage });
      };
      begin('read');
      const { pixels, notices } = await dependencies.readPixels(image, signal);
      const readMs = lap();
      const input = preprocessImage(pixels, pack.image);
      const preprocessMs = lap();
      begin('propose');
      const proposals = await proposeRegions(graphs.backbone, input, pack.detector);
      const proposeMs = lap();
      begin('classify');
      const { regions, features, classScores } = await classifyRegions(graphs.roiHead, proposals, pack);
      const classifyMs = lap();
      begin('encode');
      const encoded = await encodeScene(graphs.vision, features);
      const encodeMs = lap();
      signal?.throwIfAborted();
      scenes.set(imageId, { ...encoded, classScores });
      const { width, height } = pixels;
      const timings = { readMs, preprocessMs, proposeMs, classifyMs, encodeMs };
      return { imageId, size: { width, height }, regions, notices, timings } satisfies Scene;
    },

    async tokenize({ question }) {
      const { tokens, overflow, maxTokens } = current().encodeQuestion(straightenQuotes(question));
      return { tokens, overflow, maxTokens };
    },

    async ask({ imageId, question }, { signal }: CallOptions = {}) {
      const { pack, graphs, encodeQuestion, lexicon } = current();
      const scene = scenes.get(imageId);
      if (scene === undefined)
        throw new VqaError('image-forgotten', 'The regions of this photo are no longer held.');
      const { lap } = createStopwatch();
      const encoded = encodeQuestion(straightenQuotes(question));
      checkQuestion(question, encoded);
      const tokenizeMs = lap();
      const language = await encodeLanguage(graphs.language, encoded.ids);
      const languageMs = lap();
      signal?.throwIfAborted();
      const { logits, attention } = await predictAnswer(graphs.cross, { language, vision: scene });
      const crossMs = lap();
      signal?.throwIfAborted();
      const scores = scoresOf(logits.data, pack.scores);
      const { answers } = pack.labels;
      const isCut = encoded.overflow.length > 0;
      const evidence = {
        words: wordsOf(question, encoded),
        isCut,
        scores,
        answers,
        classScores: scene.classScores,
      };
      return {
        imageId,
        question,
        tokens: encoded.tokens,
        overflow: encoded.overflow,
        answers: rankAnswers(scores, answers),
        confidence: lexicon && pack.answerability ? judgeAnswer(evidence, lexicon, pack.answerability) : null,
        attention: {
          language: language.attention,
          // A copy: a prediction is moved to another thread, and the scene is asked again.
          vision: { ...scene.attention, data: scene.attention.data.slice() },
          ...attention,
        },
        timings: { tokenizeMs, languageMs, crossMs },
      } satisfies Prediction;
    },

    async forget({ imageId }) {
      scenes.delete(imageId);
    },

    inspectCache: () => dependencies.packStore.inspect(),
    clearCache: () => dependencies.packStore.clear(),
  };
  return withCodes(engine);
}

/** Whatever a stage throws leaves as a `VqaError`. */
function withCodes(engine: Engine): Engine {
  return {
    load: (params, options) => coded(engine.load(params, options)),
    detect: (params, options) => coded(engine.detect(params, options)),
    tokenize: (params, options) => coded(engine.tokenize(params, options)),
    ask: (params, options) => coded(engine.ask(params, options)),
    forget: (params) => coded(engine.forget(params)),
    inspectCache: () => coded(engine.inspectCache()),
    clearCache: () => coded(engine.clearCache()),
  };
}

async function coded<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (thrown) {
    throw asVqaError(thrown);
  }
}

function fileOf({ files }: FetchedPack, path: string): Uint8Array {
  const file = files.get(path);
  if (file === undefined) throw new VqaError('pack-missing', `The pack has no file ${path}.`);
  return file;
}

function jsonFile(fetched: FetchedPack, path: string): object {
  const text = new TextDecoder().decode(fileOf(fetched, path));
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === 'object' && json !== null) return json;
  } catch (thrown) {
    throw new VqaError('pack-invalid', `${path} is not JSON.`, { cause: thrown });
  }
  throw new VqaError('pack-invalid', `${path} is not a JSON object.`);
}
