/** The self-test that ships with a pack: inputs and the outputs that Python got for them. */
import type { JsonField } from '../../core/json-field.ts';
import { checkLabelCount } from './check-labels.ts';
import { TASK_HEADS, type ModelPack, type TaskHead } from '../../core/pack/pack.ts';
import { readPackJson } from '../../core/pack/parse-pack.ts';
import { tensor, type Tensor } from '../../core/tensor.ts';
import { BOX_STRIDE } from '../../core/boxes.ts';

/** What is made of `pixelDims` alone: more than any network here takes. */
const MAX_SIDE = 8192;
const MAX_PIXELS = 3 * 4096 * 4096;

export interface GoldenCase {
  readonly pixels: Tensor<readonly ['batch', 'channel', 'row', 'column']>;
  readonly boxes: Tensor<readonly ['box', 'corner']>;
  readonly tokenIds: Int32Array;
  readonly expected: {
    /** The first of the backbone's proposal scores, as many as are listed. */
    readonly proposalScoresHead: readonly number[];
    /** Row-major `[box, class]`. */
    readonly classScores: readonly number[];
    readonly logits: readonly number[];
    /** The first numbers of each head's first output, of the inputs of `headInputs`. */
    readonly heads: Readonly<Partial<Record<TaskHead, readonly number[]>>>;
    /** The first numbers of the first answer's gradient at the text-to-region attention. */
    readonly gradient?: readonly number[];
  };
}

/** @throws VqaError `pack-invalid` */
export function parseGoldenCase(json: unknown): GoldenCase {
  return readPackJson(json, 'golden', goldenCaseOf);
}

function goldenCaseOf(root: JsonField): GoldenCase {
  const boxes = root.at('boxes').items();
  const dims = root.at('pixelDims');
  const [batch = 0, channels = 0, rows = 0, columns = 0] = dims.items().map((side) => side.count(MAX_SIDE));
  if (batch * channels * rows * columns > MAX_PIXELS) dims.fail(`a product of at most ${MAX_PIXELS}`);
  const expected = root.at('expected');
  return {
    pixels: wave([batch, channels, rows, columns]),
    boxes: tensor<readonly ['box', 'corner']>(
      [boxes.length, BOX_STRIDE],
      Float32Array.from(boxes.flatMap((box) => box.numbers(BOX_STRIDE))),
    ),
    tokenIds: Int32Array.from(root.at('tokenIds').numbers()),
    expected: {
      proposalScoresHead: expected.at('proposalScoresHead').numbers(),
      classScores: expected.at('classScores').numbers(),
      logits: expected.at('logits').numbers(),
      heads: headsOf(expected.at('heads')),
      ...(expected.at('gradient').value !== undefined && { gradient: expected.at('gradient').numbers() }),
    },
  };
}

function headsOf(field: JsonField): GoldenCase['expected']['heads'] {
  if (field.value === undefined) return {};
  const stored = TASK_HEADS.filter((head) => field.at(head).value !== undefined);
  return Object.fromEntries(stored.map((head) => [head, field.at(head).numbers()]));
}

/** @throws VqaError `pack-invalid` */
export function checkLabelCounts({ labels }: ModelPack, { boxes, expected }: GoldenCase): void {
  checkLabelCount(labels, 'objects', expected.classScores.length / boxes.dims[0]);
  checkLabelCount(labels, 'answers', expected.logits.length);
}

/** Numbers that need no storing: sin(0.37 i) at flat index i, counted from `start`. */
export function waveData(length: number, start = 0): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length }, (_, index) => Math.sin((start + index) * 0.37));
}

function wave(dims: readonly [number, number, number, number]): GoldenCase['pixels'] {
  const size = dims.reduce((product, length) => product * length, 1);
  return tensor<readonly ['batch', 'channel', 'row', 'column']>(dims, waveData(size));
}
