/**
 * The golden case of a pack that was made on this device: nobody has computed its answers elsewhere, so what one runtime
 * computes is what every other must compute. Graphs are opened one after another; the largest one has to fit alone.
 */
import { VqaError } from '../../core/errors.ts';
import { TASK_HEADS, type ModelPack } from '../../core/pack/pack.ts';
import { createQuestionEncoder } from '../lxmert/encode-question.ts';
import { parseGoldenCase, type GoldenCase } from './golden-case.ts';
import { goldenGradients } from '../lxmert/run-gradients.ts';
import { openPackGraph, usingParts, type ReadFile } from './pack-graphs.ts';
import type { Graph, Runtime } from '../runtime/runtime.ts';
import { headLogits } from '../tasks/open-head.ts';
import { runGoldenCase } from './self-test.ts';

/** As in models/pack/golden.py. */
const PIXEL_DIMS = [1, 3, 64, 96];
const BOXES = [
  [0.05, 0.1, 0.45, 0.9],
  [0.5, 0.2, 0.95, 0.75],
  [0, 0, 1, 1],
  [0.3, 0.55, 0.6, 0.95],
  [0.62, 0.05, 0.88, 0.31],
];
const QUESTION = 'what is on the left ?';
const PROPOSALS = 32;
const NUMBERS = 64;
const DIGITS = 7;

/**
 * Of probabilities, and of gradients as a share of the largest: rounding differs from backend to backend through a hundred
 * layers; what is wrong differs by far more.
 */
const TOLERANCE = 1e-2;

export async function recordGoldenCase(
  runtime: Runtime,
  pack: ModelPack,
  readFile: ReadFile,
  signal?: AbortSignal,
): Promise<{ readonly text: string; readonly tolerance: number }> {
  const open = (path: string): Promise<Graph> => {
    signal?.throwIfAborted();
    return openPackGraph(runtime, pack, readFile, path);
  };
  const use = usingParts(pack, open);
  const useFile = async <Result>(path: string, work: (graph: Graph) => Promise<Result>): Promise<Result> => {
    const graph = await open(path);
    try {
      return await work(graph);
    } finally {
      await graph.release();
    }
  };
  const inputs = { pixelDims: PIXEL_DIMS, boxes: BOXES, tokenIds: await tokenIds(pack, readFile) };
  const nothing = { proposalScoresHead: [], classScores: [], logits: [] };
  const golden: GoldenCase = parseGoldenCase({ ...inputs, expected: nothing });
  const found = await runGoldenCase(use, pack, golden);
  const heads: Record<string, readonly number[]> = {};
  for (const head of TASK_HEADS) {
    const path = pack.lxmert.taskHeads[head];
    if (path === undefined) continue;
    heads[head] = rounded(await useFile(path, (graph) => headLogits(graph, head, pack)), NUMBERS);
  }
  const { explain } = pack.lxmert;
  const gradients =
    explain === undefined
      ? null
      : await useFile(explain, (graph) => goldenGradients(graph, found.features, pack, golden));
  const expected = {
    proposalScoresHead: rounded(found.proposalScores, PROPOSALS),
    classScores: rounded(found.classScores),
    logits: rounded(found.logits),
    heads,
    ...(gradients && { gradient: rounded(gradients, NUMBERS) }),
  };
  return { text: `${JSON.stringify({ ...inputs, expected })}\n`, tolerance: TOLERANCE };
}

async function tokenIds({ tokenizer, lxmert }: ModelPack, readFile: ReadFile): Promise<readonly number[]> {
  const json: unknown = JSON.parse(new TextDecoder().decode(await readFile(tokenizer)));
  return [...createQuestionEncoder(Object(json), lxmert.maxTokens)(QUESTION).ids];
}

/**
 * The first of some numbers.
 * @throws VqaError `inference-failed` where one is none: nothing could be compared with it
 */
function rounded(values: Float32Array, count = values.length): readonly number[] {
  if (!values.every(Number.isFinite)) {
    throw new VqaError('inference-failed', 'The pack’s self-test gives numbers that are not finite.');
  }
  return Array.from(values.subarray(0, count), (value) => Number(value.toPrecision(DIGITS)));
}
