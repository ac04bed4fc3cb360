/** Writes planned weights into files of limited size, a few megabytes at a time, and remembers where each lies. */
import { toBytes, toHalf } from '../checkpoint/encode-weights.ts';
import { VqaError } from '../core/errors.ts';
import type { PackFile } from '../core/pack/pack.ts';
import { hex } from '../bytes/hex.ts';
import { Sha256 } from '../bytes/sha256.ts';
import type { FileWriter, Folder } from './folder/folder.ts';
import type { PlannedWeight } from './plan-weights.ts';
import { WEIGHT_BYTES, type Placement } from './graph/skeleton.ts';

export interface WriteLimits {
  /** Files may be fetched again one by one: none is larger, unless a single weight is. */
  readonly fileBytes: number;
  /** Numbers that are read at once. */
  readonly sliceNumbers: number;
  /** A weight that is turned over is put together in memory, so many bytes of it at once. */
  readonly blockBytes: number;
}

const LIMITS: WriteLimits = { fileBytes: 100_000_000, sliceNumbers: 1 << 22, blockBytes: 1 << 26 };
const ALIGNMENT = 64;
/** Rows that are turned over together, so that their numbers stay in the processor's cache. */
const TILE_ROWS = 16;

export interface WriteOptions {
  readonly folder: Folder;
  /** Of the files, to which `-0.bin`, `-1.bin`, … is added. */
  readonly stem: string;
  readonly signal?: AbortSignal | undefined;
  readonly onBytes: (count: number) => void;
  readonly limits?: WriteLimits;
}

export interface WrittenWeights {
  readonly files: readonly PackFile[];
  readonly placements: ReadonlyMap<string, Placement>;
}

export async function writeWeights(
  weights: readonly PlannedWeight[],
  options: WriteOptions,
): Promise<WrittenWeights> {
  const placements = new Map<string, Placement>();
  const files = new WeightFiles(options);
  try {
    for (const weight of weights) {
      const { values, scales, rows, width } = weight;
      const byteLength = rows * width * WEIGHT_BYTES[values.type];
      const place = await files.begin(byteLength);
      const found = await writeValues(weight, files, options);
      placements.set(values.name, { ...place, length: byteLength, dims: values.dims });
      if (scales === null) continue;
      const scaleBytes = new Uint8Array(found.buffer);
      const scalePlace = await files.begin(scaleBytes.length);
      await files.write(scaleBytes);
      placements.set(scales.name, { ...scalePlace, length: scaleBytes.length, dims: scales.dims });
    }
  } finally {
    await files.close();
  }
  return { files: files.written, placements };
}

/** @returns the scales of bytes; empty for other types */
async function writeValues(
  weight: PlannedWeight,
  files: WeightFiles,
  { signal, limits = LIMITS }: WriteOptions,
): Promise<Float32Array<ArrayBuffer>> {
  const { values, rows, width, isTransposed } = weight;
  const scales = new Float32Array(values.type === 'INT8' ? rows : 0);
  const sliceRows = Math.max(1, Math.floor(limits.sliceNumbers / Math.max(1, width)));
  const blockWidth = isTransposed
    ? Math.max(1, Math.floor(limits.blockBytes / (Math.max(1, rows) * WEIGHT_BYTES[values.type])))
    : width;
  for (let column = 0; column < width; column += blockWidth) {
    const columns = Math.min(blockWidth, width - column);
    const turned = isTransposed ? numbersOf(values.type, columns * rows) : null;
    for (let row = 0; row < rows; row += sliceRows) {
      signal?.throwIfAborted();
      const end = Math.min(rows, row + sliceRows);
      const encoded = encode(await weight.read(row, end), end - row, weight);
      scales.set(encoded.scales, encoded.scales.length === 0 ? 0 : row);
      if (turned === null) await files.write(bytesOf(encoded.numbers));
      else turnOver(encoded.numbers, width, { column, columns }, turned, { row, rows });
    }
    if (turned !== null) await files.write(bytesOf(turned));
  }
  return scales;
}

type Encoded = Float32Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Int8Array<ArrayBuffer>;

const NO_SCALES = new Float32Array(0);

/** @throws VqaError `checkpoint-unsupported` for numbers that the type does not hold */
function encode(
  numbers: Float32Array,
  rows: number,
  { values: { name, type } }: PlannedWeight,
): { readonly numbers: Encoded; readonly scales: Float32Array } {
  if (type === 'FLOAT') return { numbers: new Float32Array(numbers), scales: NO_SCALES };
  if (type === 'FLOAT16') {
    const { bits, overflowed } = toHalf(numbers);
    if (overflowed > 0) {
      throw new VqaError(
        'checkpoint-unsupported',
        `${overflowed} numbers of ${name} are above 65504, the most that half precision holds: choose fp32.`,
      );
    }
    return { numbers: new Uint16Array(bits), scales: NO_SCALES };
  }
  const { values, scales } = toBytes(numbers, rows);
  if (!scales.every(Number.isFinite)) {
    throw new VqaError('checkpoint-unsupported', `${name} has rows with numbers that are not finite.`);
  }
  return { numbers: new Int8Array(values), scales };
}

function numbersOf(type: PlannedWeight['values']['type'], count: number): Encoded {
  if (type === 'FLOAT') return new Float32Array(count);
  return type === 'FLOAT16' ? new Uint16Array(count) : new Int8Array(count);
}

/** Columns of some rows of `[row, width]`, written as rows of `[column, rows]`. */
function turnOver(
  from: Encoded,
  width: number,
  { column, columns }: { readonly column: number; readonly columns: number },
  to: Encoded,
  { row, rows }: { readonly row: number; readonly rows: number },
): void {
  const count = from.length / width;
  for (let tile = 0; tile < count; tile += TILE_ROWS) {
    const tileEnd = Math.min(count, tile + TILE_ROWS);
    for (let k = 0; k < columns; k += 1) {
      for (let n = tile; n < tileEnd; n += 1) to[k * rows + row + n] = from[n * width + column + k]!;
    }
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: Encoded): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Files one behind the other; a weight lies in one of them whole. */
class WeightFiles {
  readonly written: PackFile[] = [];
  private readonly options: WriteOptions;
  private current: { readonly path: string; readonly writer: FileWriter; readonly hash: Sha256 } | null =
    null;
  private position = 0;

  constructor(options: WriteOptions) {
    this.options = options;
  }

  /** @returns where a weight of so many bytes goes, which are to be written next */
  async begin(byteLength: number): Promise<Pick<Placement, 'file' | 'offset'>> {
    const { fileBytes } = this.options.limits ?? LIMITS;
    const padding = (ALIGNMENT - (this.position % ALIGNMENT)) % ALIGNMENT;
    if (this.current === null || this.position + padding + byteLength > fileBytes) {
      await this.close();
      const path = `${this.options.stem}-${this.written.length}.bin`;
      this.current = { path, writer: await this.options.folder.append(path, 0), hash: new Sha256() };
      this.position = 0;
    } else if (padding > 0) {
      await this.put(new Uint8Array(padding));
    }
    return { file: this.current.path, offset: this.position };
  }

  async write(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.put(bytes);
    this.options.onBytes(bytes.length);
  }

  async close(): Promise<void> {
    const { current } = this;
    this.current = null;
    if (current === null) return;
    await current.writer.close();
    this.written.push({ path: current.path, bytes: this.position, sha256: hex(current.hash.digest()) });
  }

  private async put(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.current?.writer.write(bytes);
    this.current?.hash.update(bytes);
    this.position += bytes.length;
  }
}
