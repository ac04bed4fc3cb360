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
import type { ImageId, ImageNotice, Pixels, Prediction, Scene, TokenizedQuestion } from '../core/types.ts';
import { openPack, type BackendDependencies } from './backend.ts';
import { classifyRegions, proposeRegions } from './detect-regions.ts';
import { encodeLanguage } from './encode-language.ts';
import {
  MASK,
  checkQuestion,
  createQuestionEncoder,
  straightenQuotes,
  type EncodeQuestion,
} from './encode-question.ts';
import { encodeScene, type EncodedScene } from './encode-scene.ts';
import { fillMasks } from './fill-masks.ts';
import { checkLabelCounts, parseGoldenCase } from './golden-case.ts';
import { comparePhotos, matchSentence } from './judge-sentence.ts';
import { releaseGraphs, type PackGraphs } from './pack-graphs.ts';
import type { FetchedPack, PackStore } from './pack-store.ts';
import { predictAnswer } from './predict-answer.ts';
import { preprocessImage } from './preprocess-image.ts';
import { createStopwatch } from './stopwatch.ts';
import { createTaskHeads, type TaskHeads } from './task-heads.ts';

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
  readonly heads: TaskHeads;
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
    if (previous === null) return;
    await previous.heads.release();
    await releaseGraphs(previous.graphs);
  };

  const sceneOf = (imageId: ImageId): KnownScene => {
    const scene = scenes.get(imageId);
    if (scene === undefined)
      throw new VqaError('image-forgotten', 'The regions of this photo are no longer held.');
    return scene;
  };

  /** What a head reads of a sentence, whatever it is about. */
  const readSentence = async <Encoded extends TokenizedQuestion & { readonly ids: Int32Array }>(
    text: string,
    encode: (straight: string) => Encoded,
  ) => {
    const encoded = encode(straightenQuotes(text));
    checkQuestion(text, encoded);
    return { ...encoded, language: await encodeLanguage(current().graphs.language, encoded.ids) };
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
      const golden = pack.golden && parseGoldenCase(jsonFile(fetched, pack.golden.file));
      if (golden) checkLabelCounts(pack, golden);
      await unload();
      const { graphs, runtime, report } = await openPack(
        backend,
        { pack, golden, readFile: (path) => readFile(fetched, path, signal) },
        dependencies,
        { signal, onStage: (stage) => onProgress?.({ stage }) },
      );
      loaded = { pack, graphs, encodeQuestion, lexicon, heads: createTaskHeads(runtime, fetched, golden) };
      const abilities = { methods: [], defaultMethod: 'leave-one-out', closesHeads: false } as const;
      return { pack, card, backend: report, abilities, storage };
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
      const proposals = await proposeRegions(graphs.backbone, input, pack.detector, pixels);
      const proposeMs = lap();
      begin('classify');
      const { regions, features, classScores } = await classifyRegions(graphs.roiHead, proposals, pack, {
        signal,
        onProgress: (done) => onProgress?.({ stage: 'classify', regions: done }),
      });
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
      const scene = sceneOf(imageId);
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

    async match({ imageId, text }, { signal }: CallOptions = {}) {
      const { graphs, encodeQuestion, heads } = current();
      const vision = sceneOf(imageId);
      const head = await heads.open('matching', signal);
      const { language, overflow } = await readSentence(text, encodeQuestion);
      signal?.throwIfAborted();
      const score = await matchSentence(graphs.cross, head, { language, vision });
      return { imageId, text, score, overflow };
    },

    async compare({ left, right, statement }, { signal }: CallOptions = {}) {
      const { graphs, encodeQuestion, heads } = current();
      const vision = { left: sceneOf(left), right: sceneOf(right) };
      const head = await heads.open('twoPhotos', signal);
      const { language, overflow } = await readSentence(statement, encodeQuestion);
      signal?.throwIfAborted();
      const score = await comparePhotos(graphs.cross, head, language, vision);
      return { left, right, statement, score, overflow };
    },

    async fillIn({ imageId, text }, { signal }: CallOptions = {}) {
      const { graphs, encodeQuestion, heads } = current();
      const vision = sceneOf(imageId);
      if (!text.includes(MASK)) throw new VqaError('sentence-without-mask', `The sentence has no ${MASK}.`);
      const head = await heads.open('maskedWords', signal);
      const encoded = await readSentence(text, (straight) => encodeQuestion.withMasks(straight));
      signal?.throwIfAborted();
      const inputs = { language: encoded.language, vision };
      const words = await fillMasks(graphs.cross, head, inputs, encoded.masks, encodeQuestion.pieces);
      const masks = encoded.masks.map((place, index) => {
        const { start = 0, end = 0 } = encoded.tokens[place] ?? {};
        return { start, end, words: words[index] ?? [] };
      });
      return { imageId, text, masks, overflow: encoded.overflow };
    },

    explain: () => Promise.reject(notYet()),
    measureFaithfulness: () => Promise.reject(notYet()),
    findFlip: () => Promise.reject(notYet()),
    editRegions: () => Promise.reject(notYet()),

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
    match: (params, options) => coded(engine.match(params, options)),
    compare: (params, options) => coded(engine.compare(params, options)),
    fillIn: (params, options) => coded(engine.fillIn(params, options)),
    explain: (params, options) => coded(engine.explain(params, options)),
    measureFaithfulness: (params, options) => coded(engine.measureFaithfulness(params, options)),
    findFlip: (params, options) => coded(engine.findFlip(params, options)),
    editRegions: (params, options) => coded(engine.editRegions(params, options)),
    forget: (params) => coded(engine.forget(params)),
    inspectCache: () => coded(engine.inspectCache()),
    clearCache: () => coded(engine.clearCache()),
  };
}

function notYet(): VqaError {
  return new VqaError('gradients-missing', 'Answers are not explained yet.');
}

async function coded<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (thrown) {
    throw asVqaError(thrown);
  }
}

/** Kept in memory, or read now from where the pack lies. */
async function readFile(
  fetched: FetchedPack,
  path: string,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  return fetched.files.get(path) ?? (await fetched.fetchLater(path, { signal }));
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
