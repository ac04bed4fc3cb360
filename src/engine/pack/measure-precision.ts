/**
 * What storing weights in fewer bits changes: the regions of a photo, and answers and attention for some questions about the
 * regions that single precision finds. Graphs are opened one after another; the largest one has to fit alone.
 */
import { intersectionOverUnion } from '../../core/boxes.ts';
import { rankAnswers, scoresOf } from '../../core/answers.ts';
import type { ModelPack } from '../../core/pack/pack.ts';
import type { PrecisionMeasures } from '../../core/pack/precision-measures.ts';
import type { Pixels, RegionFeatures } from '../../core/types.ts';
import { classifyRegions, proposeRegions, type DetectedRegions } from '../detect/detect-regions.ts';
import { encodeLanguage, type EncodedLanguage } from '../lxmert/encode-language.ts';
import { createQuestionEncoder } from '../lxmert/encode-question.ts';
import { encodeScene } from '../lxmert/encode-scene.ts';
import { predictAnswer, type PredictedAnswer } from '../lxmert/predict-answer.ts';
import { preprocessImage } from '../photo/preprocess-image.ts';
import type { Graph, Runtime, WeightFile } from '../runtime/runtime.ts';
import { openPackGraph, usingParts, type ReadFile, type UsePart } from './pack-graphs.ts';

/** Kinds of questions that people ask about photos, whatever is on this one. */
const QUESTIONS = [
  'what is on the left ?',
  'what color is it ?',
  'how many are there ?',
  'is there a person ?',
  'what is in the background ?',
  'what is it made of ?',
  'where is this ?',
  'is it sunny ?',
  'what is next to it ?',
  'what is the person doing ?',
];
const TOP = 5;
/** Intersection over union of two boxes that count as the same. */
const SAME_BOX = 0.9;

/** A graph in single precision, with the files of its weights. */
export interface ExactGraph {
  readonly file: Uint8Array;
  readonly weights: readonly WeightFile[];
}

export interface PackInTwoPrecisions {
  readonly pack: ModelPack;
  readonly readFile: ReadFile;
  readonly readExact: (path: string) => Promise<ExactGraph>;
}

export async function measurePrecision(
  runtime: Runtime,
  { pack, readFile, readExact }: PackInTwoPrecisions,
  photo: Pixels,
  signal?: AbortSignal,
): Promise<PrecisionMeasures> {
  const stopOr = <Result>(result: Result): Result => {
    signal?.throwIfAborted();
    return result;
  };
  const exact = usingParts(pack, async (path) => {
    const { file, weights } = stopOr(await readExact(path));
    return await runtime.open(file, weights);
  });
  const stored = usingParts(pack, (path) => stopOr(openPackGraph(runtime, pack, readFile, path)));
  const tokenizer: unknown = JSON.parse(new TextDecoder().decode(await readFile(pack.tokenizer)));
  const encode = createQuestionEncoder(Object(tokenizer), pack.lxmert.maxTokens);
  const asked = QUESTIONS.map((question) => encode(question).ids);
  const wanted = await regionsOf(exact, pack, photo, signal);
  const exactAnswers = await answersOf(exact, wanted.features, asked, signal);
  const found = await regionsOf(stored, pack, photo, signal);
  const answers = await answersOf(stored, wanted.features, asked, signal);
  const pairs = exactAnswers.map((one, place) => compareAnswers(pack, one, answers[place]!));
  return {
    questions: pairs.length,
    sameBest: pairs.filter(({ isSameBest }) => isSameBest).length,
    sameTopFive: mean(pairs.map(({ sameTop }) => sameTop)),
    largestDifference: Math.max(...pairs.map(({ difference }) => difference)),
    movedAttention: mean(pairs.map(({ moved }) => moved)),
    regions: wanted.regions.length,
    sameRegions: sameRegions(wanted, found),
  };
}

async function regionsOf(
  use: UsePart,
  pack: ModelPack,
  photo: Pixels,
  signal: AbortSignal | undefined,
): Promise<DetectedRegions> {
  const input = preprocessImage(photo, pack.image);
  const proposals = await use('backbone', (backbone) =>
    proposeRegions(backbone, input, pack.detector, photo, { signal }),
  );
  return await use('roiHead', (roiHead) => classifyRegions(roiHead, proposals, pack, { signal }));
}

async function answersOf(
  use: UsePart,
  features: RegionFeatures,
  asked: readonly Int32Array[],
  signal: AbortSignal | undefined,
): Promise<readonly PredictedAnswer[]> {
  const vision = await use('vision', (graph) => encodeScene(graph, features));
  const texts = await use('language', async (graph) => {
    const encoded: EncodedLanguage[] = [];
    for (const ids of asked) encoded.push(await encodeLanguage(graph, ids));
    return encoded;
  });
  return await use('cross', async (graph: Graph) => {
    const answers: PredictedAnswer[] = [];
    for (const language of texts) {
      signal?.throwIfAborted();
      answers.push(await predictAnswer(graph, { language, vision }));
    }
    return answers;
  });
}

function compareAnswers(
  { scores, labels }: ModelPack,
  exact: PredictedAnswer,
  found: PredictedAnswer,
): { isSameBest: boolean; sameTop: number; difference: number; moved: number } {
  const [wanted, actual] = [exact, found].map(({ logits }) => scoresOf(logits.data, scores));
  // By place in the list: two answers may have one name.
  const places = labels.answers.map((_, place) => String(place));
  const [best, top] = [wanted!, actual!].map((all) =>
    rankAnswers(all, places, TOP).map(({ answer }) => answer),
  );
  return {
    isSameBest: best![0] === top![0],
    sameTop: best!.filter((answer) => top!.includes(answer)).length / best!.length,
    difference: wanted!.reduce((most, score, at) => Math.max(most, Math.abs(score - actual![at]!)), 0),
    moved: mean([
      movedShare(exact.attention.textToRegion, found.attention.textToRegion),
      movedShare(exact.attention.regionToText, found.attention.regionToText),
    ]),
  };
}

type Rows = PredictedAnswer['attention']['textToRegion' | 'regionToText'];

/** Mean total variation of the rows, each of which sums to 1. */
function movedShare({ dims, data }: Rows, other: Rows): number {
  const rows = data.length / dims[3];
  const differences = data.reduce((sum, share, at) => sum + Math.abs(share - other.data[at]!), 0);
  return differences / 2 / rows;
}

function sameRegions(wanted: DetectedRegions, found: DetectedRegions): number {
  const left = new Set(found.regions);
  return wanted.regions.filter(({ box, label }) => {
    const same = [...left].find(
      (other) => other.label === label && intersectionOverUnion(other.box, box) >= SAME_BOX,
    );
    return same !== undefined && left.delete(same);
  }).length;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
