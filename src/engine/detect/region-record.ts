/** The regions of a photo as bytes: a header in JSON, then numbers in single precision. */
import { JsonField } from '../../core/json-field.ts';
import { tensor, type Tensor } from '../../core/tensor.ts';
import {
  IMAGE_NOTICES,
  type ImageNotice,
  type ImageSize,
  type Region,
  type RegionFeatures,
} from '../../core/types.ts';

/** All that a photo's detection leaves for the rest of the engine. */
export interface KeptRegions {
  readonly size: ImageSize;
  readonly notices: readonly ImageNotice[];
  readonly regions: readonly Region[];
  readonly features: RegionFeatures;
  readonly classScores: Tensor<readonly ['region', 'class']>;
}

const NUMBER_BYTES = Float32Array.BYTES_PER_ELEMENT;
const LENGTH_BYTES = Uint32Array.BYTES_PER_ELEMENT;

export function writeRegionRecord(kept: KeptRegions): Uint8Array<ArrayBuffer> {
  const { size, notices, regions, features, classScores } = kept;
  const tensors = [features.features, features.boxes, classScores];
  const widths = tensors.map(({ dims }) => dims[1]);
  const text = JSON.stringify({ size, notices, regions, widths });
  const json = new TextEncoder().encode(text);
  // Numbers begin where a number may begin.
  const start = Math.ceil((LENGTH_BYTES + json.length) / NUMBER_BYTES) * NUMBER_BYTES;
  const count = tensors.reduce((sum, { data }) => sum + data.length, 0);
  const record = new Uint8Array(start + count * NUMBER_BYTES);
  new DataView(record.buffer).setUint32(0, json.length, true);
  record.set(json, LENGTH_BYTES);
  const numbers = new Float32Array(record.buffer, start);
  let filled = 0;
  for (const { data } of tensors) {
    numbers.set(data, filled);
    filled += data.length;
  }
  return record;
}

/** @throws Error when the bytes are no whole record */
export function readRegionRecord(record: Uint8Array<ArrayBuffer>): KeptRegions {
  const bytes = record.slice();
  const jsonLength = new DataView(bytes.buffer).getUint32(0, true);
  const text = new TextDecoder().decode(bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + jsonLength));
  const header = new JsonField(JSON.parse(text), 'record');
  const regions = header.at('regions').items().map(regionOf);
  const [features = 0, corners = 0, classes = 0] = header.at('widths').numbers(3);
  const start = Math.ceil((LENGTH_BYTES + jsonLength) / NUMBER_BYTES) * NUMBER_BYTES;
  let taken = start;
  const take = (width: number): Float32Array => {
    const end = taken + regions.length * width * NUMBER_BYTES;
    const data = new Float32Array(bytes.buffer.slice(taken, end));
    taken = end;
    return data;
  };
  const count = regions.length;
  return {
    size: { width: header.at('size').at('width').count(), height: header.at('size').at('height').count() },
    notices: header
      .at('notices')
      .items()
      .map((notice) => notice.oneOf(IMAGE_NOTICES)),
    regions,
    features: {
      features: tensor<readonly ['region', 'feature']>([count, features], take(features)),
      boxes: tensor<readonly ['region', 'box']>([count, corners], take(corners)),
    },
    classScores: tensor<readonly ['region', 'class']>([count, classes], take(classes)),
  };
}

function regionOf(field: JsonField): Region {
  const box = field.at('box');
  return {
    box: {
      xmin: box.at('xmin').number(),
      ymin: box.at('ymin').number(),
      xmax: box.at('xmax').number(),
      ymax: box.at('ymax').number(),
    },
    label: String(field.at('label').value),
    score: field.at('score').number(),
    attributes: field
      .at('attributes')
      .items()
      .map((one) => ({ label: String(one.at('label').value), score: one.at('score').number() })),
  };
}
