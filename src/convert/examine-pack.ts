/** What is worked out of a pack that is written: its self-test, and what fewer bits than its weights have changed. */
import { asVqaError } from '../core/errors.ts';
import type { ModelPack, PackFile } from '../core/pack/pack.ts';
import type { PrecisionMeasures } from '../core/pack/precision-measures.ts';
import { hex } from '../bytes/hex.ts';
import { sha256 } from '../bytes/sha256.ts';
import type { ConvertParams, PlannedGraph } from './convert-pack.ts';
import { subfolder, writeFile, type Folder } from './folder/folder.ts';
import { writeWeights } from './write-weights.ts';

/** Works out what a backend must give for the pack's self-test, on the one that others are compared with. */
export type RecordGolden = (
  pack: ModelPack,
  readFile: (path: string) => Promise<Uint8Array>,
  signal: AbortSignal | undefined,
) => Promise<{ readonly text: string; readonly tolerance: number }>;

/**
 * Works out what the precision of a pack changed.
 * @param parts `readExact` gives a graph in single precision: its weights are written for that, read, and deleted
 */
export type MeasurePrecision = (
  parts: {
    readonly pack: ModelPack;
    readonly readFile: (path: string) => Promise<Uint8Array>;
    readonly readExact: (path: string) => Promise<{
      readonly file: Uint8Array;
      readonly weights: readonly { readonly path: string; readonly data: Uint8Array }[];
    }>;
  },
  signal: AbortSignal | undefined,
) => Promise<PrecisionMeasures>;

/** Of what is written to be measured, and deleted. */
const EXACT_FOLDER = 'exact';

/** Null where it cannot be measured on this device: the pack is none the worse for it, and says that nobody measured. */
export async function measure(
  { measure: measureWith, folder }: ConvertParams,
  pack: ModelPack,
  exact: readonly PlannedGraph[],
  signal: AbortSignal | undefined,
): Promise<PrecisionMeasures | null> {
  const readExact: Parameters<MeasurePrecision>[0]['readExact'] = async (path) => {
    const { skeleton, weights, constants } = exact.find(({ graph }) => graph.file === path)!;
    const room = subfolder(folder, EXACT_FOLDER);
    const stem = path.replace(/\.onnx$/u, '');
    const { files, placements } = await writeWeights(weights, {
      folder: room,
      stem,
      signal,
      onBytes: () => null,
    });
    const read: { path: string; data: Uint8Array }[] = [];
    for (const file of files) read.push({ path: file.path, data: await readWhole(room, file.path) });
    await folder.remove(EXACT_FOLDER);
    return { file: skeleton.place(placements, constants), weights: read };
  };
  try {
    const readFile = (path: string): Promise<Uint8Array> => readWhole(folder, path);
    return (await measureWith?.({ pack, readFile, readExact }, signal)) ?? null;
  } catch (thrown) {
    signal?.throwIfAborted();
    const { code } = asVqaError(thrown);
    if (code === 'cancelled') throw thrown;
    return null;
  } finally {
    await folder.remove(EXACT_FOLDER);
  }
}

async function readWhole(folder: Folder, path: string): Promise<Uint8Array> {
  const source = await folder.open(path);
  return await source.read(0, source.size);
}

const GOLDEN_FILE = 'golden.json';

export async function writeGolden(
  { recordGolden, folder }: ConvertParams,
  pack: ModelPack,
  signal: AbortSignal | undefined,
): Promise<{ readonly golden: ModelPack['golden']; readonly listed: PackFile } | null> {
  if (recordGolden === undefined) return null;
  const { text, tolerance } = await recordGolden(pack, (path) => readWhole(folder, path), signal);
  const content = new TextEncoder().encode(text);
  await writeFile(folder, GOLDEN_FILE, content);
  return { golden: { file: GOLDEN_FILE, tolerance }, listed: described(GOLDEN_FILE, content) };
}

export function described(path: string, content: Uint8Array): PackFile {
  return { path, bytes: content.length, sha256: hex(sha256(content)) };
}
