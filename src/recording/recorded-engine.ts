/** An `Engine` that computes nothing: it gives back what a recording holds. */
import { defaultMethodOf, METHOD_IDS } from '../explain/registry.ts';
import type { CallOptions, Engine, LoadReport } from '../core/engine.ts';
import { VqaError } from '../core/errors.ts';
import { PACK_SCHEMA_VERSION, type ModelPack } from '../core/pack/pack.ts';
import type { ImageId } from '../core/types.ts';
import type { RecordedAnswer, Recording } from './recording.ts';

const JUDGEMENT = 'judgement of sentences';

/** Whatever photo is detected is taken to be the recorded one. */
export function createRecordedEngine(recording: Recording): Engine {
  const photos = new Set<ImageId>();

  const needPhoto = (imageId: ImageId): void => {
    if (!photos.has(imageId)) {
      throw new VqaError('image-forgotten', 'The regions of this photo are no longer held.');
    }
  };

  const recorded = (question: string): RecordedAnswer => {
    const answer = findAnswer(recording, question);
    if (answer === null) throw notRecorded(`answer to “${question.trim()}”`);
    return answer;
  };

  return {
    async load(_params, options) {
      throwIfAborted(options);
      photos.clear();
      return loadReportOf(recording);
    },
    async detect({ imageId }, options) {
      throwIfAborted(options);
      photos.add(imageId);
      return { ...structuredClone(recording.scene), imageId };
    },
    async tokenize({ question }, options) {
      throwIfAborted(options);
      const { tokens, overflow } = recorded(question);
      return { ...structuredClone({ tokens, overflow }), maxTokens: recording.pack.maxTokens };
    },
    async ask({ imageId, question, change }, options) {
      throwIfAborted(options);
      needPhoto(imageId);
      if (change) throw notRecorded('answer of a changed model');
      const { explanations: _, ...prediction } = recorded(question);
      return { ...structuredClone(prediction), imageId, logits: null };
    },
    async explain({ imageId, question, method, answer, against, change }, options) {
      throwIfAborted(options);
      needPhoto(imageId);
      const { explanations, answers, tokens } = recorded(question);
      const wanted = answer ?? answers[0]?.answer;
      const found = explanations.find(
        (explanation) =>
          explanation.method === method &&
          explanation.answer === wanted &&
          explanation.against === (against ?? null),
      );
      if (!found || change) throw notRecorded(`explanation of “${wanted}” by ${method}`);
      return structuredClone({ ...found, imageId, question, tokensRead: tokens, gradients: null });
    },
    inspectHeads: () => unrecorded('numbers of heads but their weights'),
    measureFaithfulness: () => unrecorded('measurement of its explanations'),
    findFlip: () => unrecorded('search for another answer'),
    editRegions: () => unrecorded('regions but its own'),
    match: () => unrecorded(JUDGEMENT),
    compare: () => unrecorded(JUDGEMENT),
    fillIn: () => unrecorded(JUDGEMENT),
    guessRegions: () => unrecorded(JUDGEMENT),
    async forget({ imageId }) {
      photos.delete(imageId);
    },
    inspectCache: () => Promise.resolve({ status: 'refused' }),
    clearCache: () => Promise.resolve(),
  };
}

function unrecorded(what: string): Promise<never> {
  return Promise.reject(notRecorded(what));
}

function notRecorded(what: string): VqaError {
  return new VqaError('not-recorded', `The recording has no ${what}.`);
}

/** Capitals, and spaces and punctuation around a question, make no difference. */
export function findAnswer({ answers }: Recording, question: string): RecordedAnswer | null {
  const asked = plain(question);
  return answers.find((answer) => plain(answer.question) === asked) ?? null;
}

function plain(question: string): string {
  return question
    .replaceAll(/^[\s\p{P}]+|[\s\p{P}]+$/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .toLowerCase();
}

function loadReportOf(recording: Recording): LoadReport {
  const { backend, answers } = recording;
  const methods = METHOD_IDS.filter((method) =>
    answers.some(({ explanations }) => explanations.some((explanation) => explanation.method === method)),
  );
  return {
    pack: packOf(recording),
    card: null,
    backend: {
      backend,
      reason: 'Recorded: nothing is computed here.',
      threads: 1,
      selfTestError: 0,
    },
    abilities: {
      methods,
      defaultMethod: defaultMethodOf(methods, 0),
      closesHeads: false,
    },
    storage: 'memory',
  };
}

/** What is known of the pack without having it: its name, and the sizes that the attention shows. */
function packOf({ pack, scene, answers }: Recording): ModelPack {
  const { id, name, version, description, licence, scores, maxTokens } = pack;
  const { language, vision, textToRegion } = answers[0]!.attention;
  return {
    schemaVersion: PACK_SCHEMA_VERSION,
    id,
    name,
    version,
    description,
    licence,
    provenance: {
      summary: 'Recorded answers; the models are not here.',
      trainedOn: [],
      startWeights: [],
      commands: [],
    },
    image: {
      resize: { rule: 'stretch', ...scene.size, resampling: 'linear' },
      channelOrder: 'RGB',
      mean: [0, 0, 0],
      std: [1, 1, 1],
    },
    detector: {
      backbone: [],
      roiHead: '',
      featureMaps: [],
      lineage: null,
      pooling: null,
      roiChunk: null,
      keepRegions: false,
      proposals: {
        candidates: null,
        count: scene.regions.length,
        minScore: null,
        nmsIou: 1,
        minSidePixels: null,
      },
      regions: {
        count: scene.regions.length,
        nmsIous: [1],
        suppression: 'any-class',
        boxes: 'refined',
        attributeMinScore: 0,
      },
    },
    lxmert: {
      vision: '',
      language: '',
      cross: '',
      hiddenSize: 0,
      heads: textToRegion.dims[1],
      languageLayers: language.dims[0],
      visionLayers: vision.dims[0],
      crossLayers: textToRegion.dims[0],
      featureSize: 0,
      maxTokens,
      taskHeads: {},
    },
    scores,
    tokenizer: '',
    labels: {
      objects: [...new Set(scene.regions.map(({ label }) => label))],
      attributes: [
        ...new Set(scene.regions.flatMap(({ attributes }) => attributes.map(({ label }) => label))),
      ],
      answers: [...new Set(answers.flatMap((answer) => answer.answers.map((candidate) => candidate.answer)))],
    },
    answerability: null,
    card: null,
    golden: { file: '', tolerance: 0 },
    files: [],
  };
}

function throwIfAborted({ signal }: CallOptions = {}): void {
  if (signal?.aborted) throw new VqaError('cancelled', 'The work was cancelled.');
}
