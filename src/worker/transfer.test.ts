import { expect, it } from 'vitest';
import { buffersIn } from './transfer.ts';

it('finds each buffer once, however deep and however often it is used', () => {
  const shared = new ArrayBuffer(16);
  const nested = Float32Array.of(1, 2);
  const message = {
    first: new Float32Array(shared, 0, 2),
    second: new Float32Array(shared, 8, 2),
    list: [{ data: nested }, null, 'text', 7],
  };
  expect(buffersIn(message)).toEqual([shared, nested.buffer]);
});

it('leaves memory alone that two threads share, and objects that are not plain', () => {
  const sharedMemory = new Uint8Array(new SharedArrayBuffer(8));
  expect(buffersIn({ sharedMemory, blob: new Blob(['photo']), nothing: undefined })).toEqual([]);
});

it('survives a cycle', () => {
  const message: Record<string, unknown> = { data: new ArrayBuffer(4) };
  message['self'] = message;
  expect(buffersIn(message)).toHaveLength(1);
});
