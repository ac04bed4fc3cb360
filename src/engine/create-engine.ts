/** `Engine` over the stages: the only file that knows their order. Calls come one at a time (`worker/engine-boundary.ts`). */
import { judgeAnswer } from '../core/pack/answerability.ts';
import { rankAnswers, scoresOf, scoresOfAnswers } from '../core/answers.ts';
import type { CallOptions, DetectProgress, Engine, LoadProgress } from '../core/engine.ts';
import { VqaError } from '../core/errors.ts';
import { lexiconOf, type Lexicon } from '../core/pack/lexicon.ts';
import { modelCardOf } from '../core/pack/model-card.ts';
import type { ModelPack } from '../core/pack/pack.ts';
import { readPackJson } from '../core/pack/parse-pack.ts';
import { wordsOf } from '../core/pack/read-question.ts';
import type { ImageId, ImageSize, Prediction, Scene } from '../core/types.ts';
import { openPack, startEarly, type BackendDependencies } from './runtime/backend.ts';
import { withCodes } from './coded-engine.ts';
import type { DetectedRegions } from './detect/detect-regions.ts';
import type { EncodeQuestion } from './lxmert/encode-question.ts';
import { encodeScene, type EncodedScene } from './lxmert/encode-scene.ts';
import { abilitiesOf, createExplainCalls, type ExplainedModel } from './explain/explain-calls.ts';
import { fetchCode } from './pack/fetch-code.ts';
import { checkLabelCounts, parseGoldenCase } from './pack/golden-case.ts';
import { createLastProposals } from './detect/last-proposals.ts';
import { lookAtPhoto, type Look, type LookDependencies } from './detect/look-at-photo.ts';
import { createLaterGraphs } from './pack/later-graphs.ts';
import { releaseGraphs, type PackGraphs } from './pack/pack-graphs.ts';
import type { FetchedPack, PackStore } from './pack/pack-store.ts';
import { createStopwatch } from './runtime/stopwatch.ts';
import type { TaskContext } from './tasks/read-text.ts';

export interface EngineDependencies extends BackendDependencies, LookDependencies {
  readonly packStore: PackStore;
}

interface LoadedPack extends ExplainedModel {
  readonly pack: ModelPack;
  readonly graphs: PackGraphs;
  readonly encodeQuestion: EncodeQuestion;
  /** Null when the pack has no answerability. */
  readonly lexicon: Lexicon | null;
}

/** What is asked, explained and edited of a photo. */
interface KnownScene extends EncodedScene, DetectedRegions, Pick<Look, 'proposals'> {
  readonly size: ImageSize;
}

export function createEngine(dependencies: EngineDependencies): Engine {
  let loaded: LoadedPack | null = null;
  const scenes = new Map<ImageId, KnownScene>();
  const lastProposals = createLastProposals();

  const current = (): LoadedPack => {
    if (loaded === null) throw new VqaError('not-loaded', 'No model pack is loaded.');
    return loaded;
  };

  const unload = async (): Promise<void> => {
    const previous = loaded;
    loaded = null;
    scenes.clear();
    lastProposals.drop();
    if (previous === null) return;
    explaining.forgetRuns();
    await previous.later.release();
    await releaseGraphs(previous.graphs);
  };

  const sceneOf = (imageId: ImageId): KnownScene => {
    const scene = scenes.get(imageId);
    if (scene === undefined)
      throw new VqaError('image-forgotten', 'The regions of this photo are no longer held.');
    return scene;
  };

  const explaining = createExplainCalls(current, (imageId) => {
    const scene = sceneOf(imageId);
    return { scene, regions: scene.regions };
  });

  const tasking = (): TaskContext => ({ model: current(), sceneOf, scenes: () => scenes });

  const engine: Engine = {
    async load({ packUrl, backend, keepsAll }, { signal, onProgress }: CallOptions<LoadProgress> = {}) {
      const started = startEarly(backend, dependencies, signal);
      const [fetched, { createQuestionEncoder }] = await Promise.all([
        dependencies.packStore.fetch(packUrl, { signal, onProgress }),
        fetchCode(() => import('./lxmert/encode-question.ts')),
      ]);
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
        started,
        {
          signal,
          onStage: (stage, steps) => onProgress?.(stage === 'open' && steps ? { stage, steps } : { stage }),
        },
      );
      const later = createLaterGraphs(runtime, fetched, golden);
      loaded = { pack, graphs, encodeQuestion, lexicon, later };
      if (keepsAll) void import('./pack/keep-rest.ts').then(({ keepRest }) => keepRest(fetched));
      return { pack, card, backend: report, abilities: abilitiesOf(loaded), storage };
    },

    async detect({ imageId, image }, options: CallOptions<DetectProgress> = {}) {
      const { signal, onProgress } = options;
      const { pack, graphs } = current();
      const look = await lookAtPhoto(image, { pack, graphs }, dependencies, options);
      const { found, timings, upright } = look;
      const { size, regions, notices, features } = found;
      signal?.throwIfAborted();
      onProgress?.({ stage: 'encode' });
      const { lap } = createStopwatch();
      const encoded = await encodeScene(graphs.vision, features);
      const encodeMs = lap();
      signal?.throwIfAborted();
      explaining.forgetRuns();
      const proposals = lastProposals.keep(look.proposals, look.proposed);
      scenes.set(imageId, { ...encoded, ...found, proposals });
      const scene = { imageId, size, regions, notices, timings: { ...timings, encodeMs } };
      return (upright ? { ...scene, upright } : scene) satisfies Scene;
    },

    async tokenize({ question }) {
      const { tokens, overflow, maxTokens } = current().encodeQuestion(question);
      return { tokens, overflow, maxTokens };
    },

    async ask({ imageId, question, change, follow }, { signal }: CallOptions = {}) {
      const model = current();
      const { pack, lexicon } = model;
      const { classScores } = sceneOf(imageId);
      const params = { imageId, question, change };
      const { logits, attention, encoded, timings } = await explaining.answer(model, params, signal);
      const scores = scoresOf(logits, pack.scores);
      const { answers } = pack.labels;
      const isCut = encoded.overflow.length > 0;
      const evidence = { words: wordsOf(question, encoded), isCut, scores, answers, classScores };
      return {
        imageId,
        question,
        tokens: encoded.tokens,
        overflow: encoded.overflow,
        answers: rankAnswers(scores, answers),
        ...(follow && { followed: scoresOfAnswers(scores, answers, follow) }),
        // A copy: the run is explained from its own.
        logits: logits.slice(),
        confidence: lexicon && pack.answerability ? judgeAnswer(evidence, lexicon, pack.answerability) : null,
        attention,
        timings,
      } satisfies Prediction;
    },

    async match(params, { signal }: CallOptions = {}) {
      const { match } = await fetchCode(() => import('./tasks/match.ts'));
      return await match(tasking(), params, signal);
    },

    async compare(params, { signal }: CallOptions = {}) {
      const { compare } = await fetchCode(() => import('./tasks/compare.ts'));
      return await compare(tasking(), params, signal);
    },

    async fillIn(params, { signal }: CallOptions = {}) {
      const { fillIn } = await fetchCode(() => import('./tasks/fill-in.ts'));
      return await fillIn(tasking(), params, signal);
    },

    async guessRegions(params, { signal }: CallOptions = {}) {
      const { guessRegions } = await fetchCode(() => import('./tasks/guess-regions.ts'));
      return await guessRegions(tasking(), params, signal);
    },

    explain: (params, options) => explaining.explain(params, options),
    inspectHeads: (params, options) => explaining.inspectHeads(params, options),
    measureFaithfulness: (params, options) => explaining.measureFaithfulness(params, options),
    findFlip: (params, options) => explaining.findFlip(params, options),

    async editRegions({ imageId, editedId, regions: edits }, { signal }: CallOptions = {}) {
      const { pack, graphs } = current();
      const { editRegions } = await fetchCode(() => import('./detect/edit-regions.ts'));
      const { lap } = createStopwatch();
      const known = sceneOf(imageId);
      const edited = await editRegions(
        graphs.roiHead,
        known,
        () => known.proposals(signal),
        edits,
        pack,
        signal,
      );
      const classifyMs = lap();
      const encoded = await encodeScene(graphs.vision, edited.features);
      signal?.throwIfAborted();
      explaining.forgetRuns();
      scenes.set(editedId, { ...known, ...encoded, ...edited });
      const timings = { readMs: 0, preprocessMs: 0, proposeMs: 0, classifyMs, encodeMs: lap() };
      const { size } = known;
      return { imageId: editedId, size, regions: edited.regions, notices: [], timings } satisfies Scene;
    },

    async forget({ imageId }) {
      scenes.delete(imageId);
    },

    async inspectCache() {
      const report = await dependencies.packStore.inspect();
      const photos = await dependencies.regionStore?.inspect();
      return report.status === 'refused' || photos === undefined ? report : { ...report, photos };
    },

    async clearCache() {
      await dependencies.packStore.clear();
      await dependencies.regionStore?.clear();
    },
  };
  return withCodes(engine);
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
