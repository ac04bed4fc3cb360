/** The self-test that ships with a pack: inputs and the outputs that Python got for them. */
import type { JsonField } from '../../core/json-field.ts';
import { VqaError } from '../../core/errors.ts';
import { TASK_HEADS, type ModelPack, type TaskHead } from '../../core/pack/pack.ts';
import { readPackJson } from '../../core/pack/parse-pack.ts';
import { tensor, type Tensor } from '../../core/tensor.ts';
import { BOX_STRIDE } from '../../core/boxes.ts';

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
  const [batch = 0, channels = 0, rows = 0, columns = 0] = root.at('pixelDims').numbers(4);
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

/**
 * The label lists must be as long as the axes that they name, or every name would be another one's.
 * @throws VqaError `pack-invalid`
 */
export function checkLabelCounts({ labels }: ModelPack, { boxes, expected }: GoldenCase): void {
  const counts = {
    objects: expected.classScores.length / boxes.dims[0],
    answers: expected.logits.length,
  };
  for (const list of ['objects', 'answers'] as const) {
    const { length } = labels[list];
    if (length !== counts[list]) {
      throw new VqaError(
        'pack-invalid',
        `labels.${list} is a list of ${length}, must be one of ${counts[list]}`,
      );
    }
  }
}

/** Numbers that need no storing: sin(0.37 i) at flat index i, counted from `start`. */
export function waveData(length: number, start = 0): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length }, (_, index) => Math.sin((start + index) * 0.37));
}

function wave(dims: readonly [number, number, number, number]): GoldenCase['pixels'] {
  const size = dims.reduce((product, length) => product * length, 1);
  return tensor<readonly ['batch', 'channel', 'row', 'column']>(dims, waveData(size));
}
