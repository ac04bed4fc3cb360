// @vitest-environment node
import { expect, it } from 'vitest';
import { bytesSource } from './byte-source.ts';
import { openShards, shardNames } from './open-shards.ts';
import { readTensor } from './read-tensor.ts';

const encoder = new TextEncoder();

function safetensors(file: string, name: string, values: readonly number[]) {
  const header = encoder.encode(
    JSON.stringify({ [name]: { dtype: 'U8', shape: [values.length], data_offsets: [0, values.length] } }),
  );
  const content = new Uint8Array(8 + header.length + values.length);
  new DataView(content.buffer).setBigUint64(0, BigInt(header.length), true);
  content.set(header, 8);
  content.set(values, 8 + header.length);
  return bytesSource(file, content);
}

const FIRST = safetensors('model-00001-of-00002.safetensors', 'a', [1, 2]);
const SECOND = safetensors('model-00002-of-00002.safetensors', 'b', [3]);
const INDEX = bytesSource(
  'model.safetensors.index.json',
  encoder.encode(JSON.stringify({ weight_map: { a: FIRST.name, b: SECOND.name } })),
);

it.each([
  ['shards', [FIRST, SECOND]],
  ['shards with their index, in any order', [SECOND, INDEX, FIRST]],
])('reads %s as one checkpoint', async (_what, sources) => {
  const { tensors, format } = await openShards(sources);
  expect(format).toBe('safetensors');
  expect([...tensors.keys()].toSorted()).toEqual(['a', 'b']);
  expect([...(await readTensor(tensors.get('b')!))]).toEqual([3]);
});

it.each([
  ['one part alone', [FIRST], 'of which 1 are not here: model-00002-of-00002.safetensors'],
  ['an index alone', [INDEX], 'lie in 2 files, of which 2 are not here'],
  ['nothing', [], 'no file of weights'],
])('names what is missing of %s', async (_what, sources, message) => {
  const opening = openShards(sources);
  await expect(opening).rejects.toMatchObject({ code: 'checkpoint-missing' });
  await expect(opening).rejects.toThrow(message);
});

it('refuses two files that have the same tensor, and an index that is none', async () => {
  const twice = openShards([safetensors('x.safetensors', 'a', [1]), safetensors('y.safetensors', 'a', [2])]);
  await expect(twice).rejects.toThrow('a lies in y.safetensors and in another file');
  expect(() => shardNames('{"metadata": {}}', 'x.index.json')).toThrow('no weight_map');
  expect(() => shardNames('<html>', 'x.index.json')).toThrow('no weight_map');
});
