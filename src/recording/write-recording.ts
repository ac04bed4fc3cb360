/** A recording as the text of its file. */
import { VqaError } from '../core/errors.ts';
import type { Tensor } from '../core/tensor.ts';
import type { Scene } from '../core/types.ts';
import { explanationOf } from './write-explanation.ts';
import { packBytes, toBase64 } from './packed-bytes.ts';
import { FINEST_LEVELS, quantiseRows } from './quantise.ts';
import {
  MAX_RECORDING_BYTES,
  RECORDING_FORMAT,
  RECORDING_VERSION,
  type RecordedAnswer,
  type Recording,
} from './recording.ts';

/** Tried one after another until the file is small enough. */
const LEVELS = [FINEST_LEVELS, 127, 63, 31] as const;

/** Digits after the point of scores and of boxes, which are fractions. */
const FRACTION_DIGITS = 5;
const MILLISECOND_DIGITS = 1;

/**
 * JSON of at most `MAX_RECORDING_BYTES`; attention becomes coarser where it would not fit otherwise.
 * @throws VqaError `recording-too-large`
 */
export async function writeRecording(recording: Recording): Promise<string> {
  let bytes = 0;
  for (const levels of LEVELS) {
    const text = JSON.stringify(await fileOf(recording, levels));
    bytes = new TextEncoder().encode(text).length;
    if (bytes <= MAX_RECORDING_BYTES) return text;
  }
  throw new VqaError(
    'recording-too-large',
    `The recording has ${bytes} bytes, must have at most ${MAX_RECORDING_BYTES}.`,
  );
}

async function fileOf({ pack, backend, photo, scene, answers }: Recording, levels: number): Promise<object> {
  const { thumbnail, ...about } = photo;
  return {
    format: RECORDING_FORMAT,
    schemaVersion: RECORDING_VERSION,
    pack,
    backend,
    photo: { ...about, thumbnail: thumbnail && (await dataUrl(thumbnail)) },
    scene: sceneOf(scene),
    // What the regions attend to among themselves does not depend on the question.
    vision: await packedMaps(answers[0]?.attention.vision, levels),
    answers: await Promise.all(answers.map((answer) => answerOf(answer, levels))),
  };
}

function sceneOf({ size, regions, notices, timings }: Omit<Scene, 'imageId'>): object {
  return {
    size,
    regions: regions.map(({ box, label, score, attributes }) => ({
      box: [box.xmin, box.ymin, box.xmax, box.ymax].map(fraction),
      label,
      score: fraction(score),
      attributes: attributes.map((named) => ({ label: named.label, score: fraction(named.score) })),
    })),
    notices,
    timings: milliseconds(timings),
  };
}

async function answerOf(recorded: RecordedAnswer, levels: number): Promise<object> {
  const { question, tokens, overflow, answers, confidence, attention, timings, explanations } = recorded;
  const { language, textToRegion, regionToText, textSelf, regionSelf } = attention;
  return {
    question,
    tokens,
    overflow,
    answers: answers.map(({ answer, score }) => ({ answer, score: fraction(score) })),
    confidence: confidence && { ...confidence, chance: fraction(confidence.chance) },
    attention: {
      language: await packedMaps(language, levels),
      textToRegion: await packedMaps(textToRegion, levels),
      regionToText: await packedMaps(regionToText, levels),
      textSelf: await packedMaps(textSelf, levels),
      regionSelf: await packedMaps(regionSelf, levels),
    },
    timings: milliseconds(timings),
    explanations: explanations.map(explanationOf),
  };
}

/** Numbers of layers and heads; those of queries and keys follow from the tokens and regions. */
async function packedMaps(
  maps: Tensor<readonly ['layer', 'head', string, string]> | undefined,
  levels: number,
): Promise<object | null> {
  if (maps === undefined) return null;
  const [layers, heads, , keys] = maps.dims;
  return { layers, heads, weights: await packBytes(quantiseRows(maps.data, keys, levels)) };
}

async function dataUrl(photo: Blob): Promise<string> {
  return `data:${photo.type};base64,${toBase64(new Uint8Array(await photo.arrayBuffer()))}`;
}

function fraction(value: number): number {
  return Number(value.toFixed(FRACTION_DIGITS));
}

function milliseconds(timings: object): object {
  return Object.fromEntries(Object.entries(timings).map(([name, value]) => [name, tenths(value)]));
}

function tenths(value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toFixed(MILLISECOND_DIGITS)) : value;
}
