/** What the fake engine answers: a dog, a frisbee and a tree in a photo that is not square. */
import type { FillInParams, GuessRegionsParams, LoadReport } from '../engine.ts';
import { PACK_SCHEMA_VERSION, type ModelPack } from '../pack/pack.ts';
import { tensor, type Tensor } from '../tensor.ts';
import type {
  BackendChoice,
  FilledMask,
  FilledText,
  ImageId,
  Prediction,
  ReadSentence,
  Region,
  RegionGuess,
  RegionGuesses,
  Scene,
  Token,
  TokenizedQuestion,
} from '../types.ts';

const LAYERS = 2;
const HEADS = 2;
const MAX_TOKENS = 8;

/** What the fake can be explained by. */
export const FAKE_METHODS: readonly string[] = [
  'attention',
  'rollout',
  'relevance',
  'leave-one-out',
  'leave-one-out-keep-one',
  'shapley',
];

export const FAKE_REGIONS: readonly Region[] = [
  {
    box: { xmin: 0.05, ymin: 0.55, xmax: 0.3, ymax: 0.95 },
    label: 'dog',
    score: 0.93,
    attributes: [{ label: 'brown', score: 0.8 }],
  },
  { box: { xmin: 0.6, ymin: 0.4, xmax: 0.7, ymax: 0.5 }, label: 'frisbee', score: 0.71, attributes: [] },
  { box: { xmin: 0.7, ymin: 0, xmax: 1, ymax: 0.6 }, label: 'tree', score: 0.64, attributes: [] },
];

const PACK: ModelPack = {
  schemaVersion: PACK_SCHEMA_VERSION,
  id: 'fake',
  name: 'Fake',
  version: '1.0.0',
  description: 'Nothing to download.',
  licence: 'Apache-2.0',
  provenance: { summary: 'Made up.', trainedOn: [], startWeights: [], commands: [] },
  image: {
    resize: { rule: 'stretch', width: 96, height: 64, resampling: 'triangle' },
    channelOrder: 'RGB',
    mean: [0, 0, 0],
    std: [1, 1, 1],
  },
  detector: {
    backbone: ['detector-backbone.onnx'],
    roiHead: 'roi-head.onnx',
    featureMaps: ['stride8'],
    lineage: null,
    pooling: null,
    roiChunk: null,
    keepRegions: false,
    proposals: { candidates: null, count: 10, minScore: 0, nmsIou: 0.7, minSidePixels: null },
    regions: {
      count: 3,
      nmsIous: [0.4],
      suppression: 'any-class',
      boxes: 'refined',
      attributeMinScore: 0.5,
    },
  },
  lxmert: {
    vision: 'lxmert-vision.onnx',
    language: 'lxmert-language.onnx',
    cross: 'lxmert-cross.onnx',
    hiddenSize: 8,
    heads: HEADS,
    languageLayers: LAYERS,
    visionLayers: LAYERS,
    crossLayers: LAYERS,
    featureSize: 4,
    maxTokens: MAX_TOKENS,
    taskHeads: {},
  },
  scores: 'softmax',
  tokenizer: 'tokenizer.json',
  labels: { objects: ['dog', 'frisbee', 'tree'], attributes: ['brown'], answers: ['brown', 'two'] },
  answerability: null,
  card: null,
  golden: { file: 'golden.json', tolerance: 1e-3 },
  files: [],
};

export function fakeLoadReport(choice: BackendChoice): LoadReport {
  const backend = choice === 'auto' ? 'wasm' : choice;
  return {
    pack: PACK,
    card: null,
    backend: { backend, reason: 'A fake needs no more.', threads: 1, selfTestError: 0 },
    abilities: { methods: FAKE_METHODS, defaultMethod: 'relevance', closesHeads: true },
    storage: 'stored',
  };
}

export function fakeScene(imageId: ImageId): Scene {
  return {
    imageId,
    size: { width: 640, height: 427 },
    regions: FAKE_REGIONS,
    notices: [],
    timings: { readMs: 1, preprocessMs: 2, proposeMs: 3, classifyMs: 4, encodeMs: 5 },
  };
}

/** One token per word; words beyond the limit overflow. */
export function fakeTokens(question: string): TokenizedQuestion {
  const words = [...question.matchAll(/\S+/g)].map(({ 0: text, index }): Token => ({
    text,
    start: index,
    end: index + text.length,
    kind: 'piece',
  }));
  const fitting = words.slice(0, MAX_TOKENS - 2);
  return {
    tokens: [special('[CLS]', 0), ...fitting, special('[SEP]', question.length)],
    overflow: words.slice(MAX_TOKENS - 2),
    maxTokens: MAX_TOKENS,
  };
}

function special(text: string, at: number): Token {
  return { text, start: at, end: at, kind: 'special' };
}

export function fakePrediction(imageId: ImageId, question: string): Prediction {
  const { tokens, overflow } = fakeTokens(question);
  const [token, region] = [tokens.length, FAKE_REGIONS.length];
  return {
    imageId,
    question,
    tokens,
    overflow,
    answers: [
      { answer: 'brown', score: 0.63 },
      { answer: 'two', score: 0.12 },
    ],
    logits: Float32Array.of(Math.log(0.63), Math.log(0.12)),
    confidence: null,
    attention: {
      language: rampAttention<'token', 'token'>(token, token),
      vision: rampAttention<'region', 'region'>(region, region),
      textToRegion: rampAttention<'token', 'region'>(token, region),
      regionToText: rampAttention<'region', 'token'>(region, token),
      textSelf: rampAttention<'token', 'token'>(token, token),
      regionSelf: rampAttention<'region', 'region'>(region, region),
    },
    timings: { tokenizeMs: 0.5, languageMs: 6, crossMs: 7 },
  };
}

/** A text as it was read; a dog or a frisbee at each mask. */
export function fakeFilledText(imageId: ImageId, text: string, follow?: FillInParams['follow']): FilledText {
  const words = [
    { word: 'dog', score: 0.6 },
    { word: 'frisbee', score: 0.3 },
  ];
  const scoreOf = (wanted: string) => words.find(({ word }) => word === wanted)?.score ?? 0;
  const masks = [...text.matchAll(/\[MASK\]/g)].map(({ 0: mask, index }, place): FilledMask => {
    const token = text.slice(0, index).split(/\s+/u).length;
    const filled = { token, start: index, end: index + mask.length, words };
    const wanted = follow?.[place]?.map((word) => ({ word, score: scoreOf(word) }));
    return wanted ? Object.assign(filled, { followed: wanted }) : filled;
  });
  return { imageId, text, masks, ...fakeReading(imageId, text) };
}

export function fakeReading(imageId: ImageId, text: string): ReadSentence {
  const { tokens, overflow, attention } = fakePrediction(imageId, text);
  return { tokens, overflow, attention };
}

/** Every hidden region is a dog. */
export function fakeGuesses({ imageId, regions, text = '', follow }: GuessRegionsParams): RegionGuesses {
  const guesses = regions.map((region, index): RegionGuess => {
    const guess = {
      region,
      labels: [
        { label: 'dog', score: 0.7 },
        { label: 'tree', score: 0.2 },
      ],
      attributes: [{ label: 'brown', score: 0.5 }],
      likeness: 0.8,
      nearest: [{ imageId, region: 2, label: 'tree', likeness: 0.4 }],
    };
    const wanted = follow?.[index];
    return wanted === undefined ? guess : Object.assign(guess, { followed: { label: wanted, score: 0.7 } });
  });
  return { imageId, text, guesses, ...fakeReading(imageId, text) };
}

/** Rows that sum to 1 and differ by layer, head and query: weight 1, 2, 3 … starting at another key each time. */
function rampAttention<Query extends string, Key extends string>(
  queries: number,
  keys: number,
): Tensor<readonly ['layer', 'head', Query, Key]> {
  const sum = (keys * (keys + 1)) / 2;
  const rows = LAYERS * HEADS * queries;
  const data = Float32Array.from({ length: rows * keys }, (_, i) => {
    const row = Math.floor(i / keys);
    return (((i % keys) + row) % keys) / sum + 1 / sum;
  });
  return tensor<readonly ['layer', 'head', Query, Key]>([LAYERS, HEADS, queries, keys], data);
}
