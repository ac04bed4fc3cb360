/** As much as the published LXMERT gives out: 9 language, 5 vision and 5 cross layers of 12 heads; 20 tokens, 36 regions. */
import { tensor, type Tensor } from '../../src/core/tensor.ts';
import type { AttentionMaps, Prediction, Region, Scene, Token } from '../../src/core/types.ts';

const LAYERS = { language: 9, vision: 5, cross: 5 } as const;
const HEADS = 12;
/** 768 / 12. */
export const VALUE_SIZE = 64;
const TOKENS = 20;
const REGIONS = 36;
/** Of the scores before softmax: some heads are sharp, others even. */
const SHARPEST = 6;

export function fullSizeScene(scene: Scene): Scene {
  const regions = Array.from({ length: REGIONS }, (_, index): Region => {
    const [column, row] = [index % 6, Math.floor(index / 6)];
    return {
      box: { xmin: column / 8, ymin: row / 8, xmax: column / 8 + 0.3, ymax: row / 8 + 0.25 },
      label: `thing ${index + 1}`,
      score: 1 - index / REGIONS,
      attributes: [],
    };
  });
  return { ...scene, regions };
}

export function fullSizePrediction(prediction: Prediction, attention: AttentionMaps): Prediction {
  return {
    ...prediction,
    tokens: Array.from({ length: TOKENS }, (_, index) => tokenAt(index)),
    attention,
  };
}

/** The same at every call. */
export function fullSizeAttention(): AttentionMaps {
  const random = lehmer(20);
  const maps = <Query extends string, Key extends string>(layers: number, queries: number, keys: number) =>
    randomMap<Query, Key>([layers, HEADS, queries, keys], random);
  return {
    language: maps<'token', 'token'>(LAYERS.language, TOKENS, TOKENS),
    vision: maps<'region', 'region'>(LAYERS.vision, REGIONS, REGIONS),
    textToRegion: maps<'token', 'region'>(LAYERS.cross, TOKENS, REGIONS),
    regionToText: maps<'region', 'token'>(LAYERS.cross, REGIONS, TOKENS),
    textSelf: maps<'token', 'token'>(LAYERS.cross, TOKENS, TOKENS),
    regionSelf: maps<'region', 'region'>(LAYERS.cross, REGIONS, REGIONS),
  };
}

function tokenAt(index: number): Token {
  if (index === 0) return { text: '[CLS]', start: 0, end: 0, kind: 'special' };
  if (index === TOKENS - 1) return { text: '[SEP]', start: 0, end: 0, kind: 'special' };
  return { text: `word${index}`, start: 0, end: 0, kind: 'piece' };
}

function randomMap<Query extends string, Key extends string>(
  dims: readonly [number, number, number, number],
  random: () => number,
): Tensor<readonly ['layer', 'head', Query, Key]> {
  const [layers, heads, queries, keys] = dims;
  const data = new Float32Array(layers * heads * queries * keys);
  for (let row = 0; row < layers * heads * queries; row += 1) {
    const sharpness = SHARPEST * random();
    let sum = 0;
    for (let key = 0; key < keys; key += 1) {
      data[row * keys + key] = Math.exp(sharpness * random());
      sum += data[row * keys + key]!;
    }
    for (let key = 0; key < keys; key += 1) data[row * keys + key]! /= sum;
  }
  return tensor<readonly ['layer', 'head', Query, Key]>(dims, data);
}

/** Park and Miller (1988), 0..1: the same numbers on every machine. */
function lehmer(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
