/** The RoI head over any number of boxes: in chunks that fit memory, with word of how far it is, stoppable in between. */
import { BOX_STRIDE } from '../../core/boxes.ts';
import type { DetectorSettings } from '../../core/pack/detector-settings.ts';
import { tensor, type Tensor } from '../../core/tensor.ts';
import type { ImageSize } from '../../core/types.ts';
import { fetchCode } from '../pack/fetch-code.ts';
import { letMessagesIn } from '../runtime/let-messages-in.ts';
import type { StepOptions } from './run-backbone.ts';
import type { Graph, GraphInput, GraphOutput } from '../runtime/runtime.ts';

export type Boxes = Tensor<readonly ['box', 'corner']>;
/** By the pack's names. */
export type FeatureMaps = Readonly<Record<string, GraphOutput>>;

export interface Proposals {
  readonly maps: FeatureMaps;
  /** Best first; the whole image when nothing is proposed. */
  readonly boxes: Boxes;
  /** Of the network's input, in pixels. */
  readonly input: ImageSize;
}

const OUTPUTS = ['class_scores', 'attribute_scores', 'refined_boxes', 'features'] as const;
/** Rows are boxes. */
export type RoiOutputs = Record<(typeof OUTPUTS)[number], GraphOutput>;

export async function runRoiHead(
  roiHead: Graph,
  { maps, boxes, input }: Proposals,
  detector: Pick<DetectorSettings, 'featureMaps' | 'pooling' | 'roiChunk'>,
  { signal, onProgress }: StepOptions = {},
): Promise<RoiOutputs> {
  const [total] = boxes.dims;
  const chunk = Math.min(total, detector.roiChunk ?? total);
  const parts: RoiOutputs[] = [];
  for (let done = 0; done < total; done += chunk) {
    if (done > 0) {
      await letMessagesIn();
      signal?.throwIfAborted();
    }
    if (chunk < total) onProgress?.({ done, total });
    const rows = boxes.data.subarray(done * BOX_STRIDE, (done + chunk) * BOX_STRIDE);
    const some = tensor<readonly ['box', 'corner']>([rows.length / BOX_STRIDE, BOX_STRIDE], rows.slice());
    parts.push(await roiHead.run({ ...(await seen(maps, some, input, detector)), boxes: some }, OUTPUTS));
  }
  const [only] = parts;
  return only !== undefined && parts.length === 1 ? only : joined(parts);
}

/** What the head looks at: the maps as they are, or what each box covers of the one. */
async function seen(
  maps: FeatureMaps,
  boxes: Boxes,
  input: ImageSize,
  { featureMaps, pooling }: Pick<DetectorSettings, 'featureMaps' | 'pooling'>,
): Promise<Readonly<Record<string, GraphInput>>> {
  if (pooling === null) return maps;
  const [name = ''] = featureMaps;
  const map = maps[name];
  if (map === undefined) throw new RangeError(`the backbone gave no map ${name}`);
  const { poolRegions } = await fetchCode(() => import('./pool-regions.ts'));
  return { pooled_regions: poolRegions(map, boxes, input, pooling) };
}

function joined(parts: readonly RoiOutputs[]): RoiOutputs {
  const join = (name: keyof RoiOutputs): GraphOutput => {
    const pieces = parts.map((part) => part[name]);
    const data = new Float32Array(pieces.reduce((length, piece) => length + piece.data.length, 0));
    let filled = 0;
    for (const piece of pieces) {
      data.set(piece.data, filled);
      filled += piece.data.length;
    }
    const rows = pieces.reduce((sum, { dims: [length = 0] }) => sum + length, 0);
    return { dims: [rows, ...(pieces[0]?.dims.slice(1) ?? [])], data };
  };
  return {
    class_scores: join('class_scores'),
    attribute_scores: join('attribute_scores'),
    refined_boxes: join('refined_boxes'),
    features: join('features'),
  };
}
