import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { PackFile } from '../../core/pack/pack.ts';
import { fetchFile } from './fetch-file.ts';
import { MemoryCacheStorage } from './memory-cache.ts';
import { createPackCache } from './pack-cache.ts';

const GRAPH = Buffer.from(Uint8Array.from({ length: 50_000 }, (_, index) => (index * index) % 251));

function listed(path: string, content: Buffer): PackFile {
  return { path, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
}

function visit(sent: Buffer, said: Partial<PackFile> = {}) {
  const storage = new MemoryCacheStorage();
  const asked: string[] = [];
  let counted = 0;
  const file = { ...listed('graph.onnx', GRAPH), ...said, deflated: listed('graph-deflate.onnx', sent) };
  const fetching = () =>
    fetchFile(file, {
      packUrl: 'https://models.example/pack/',
      cache: createPackCache(storage),
      fetch: async (input) => {
        asked.push(new Request(input).url);
        return new Response(new Uint8Array(sent));
      },
      stallMs: 1000,
      onBytes: (count) => (counted += count),
    });
  return { fetching, asked, counted: () => counted };
}

test('what a build has deflated travels in place of the file, and is kept so', async () => {
  const sent = deflateSync(GRAPH);
  const { fetching, asked, counted } = visit(sent);
  for (const { content, stored } of [await fetching(), await fetching()]) {
    expect(GRAPH.equals(content)).toBe(true);
    expect(stored).toBe(true);
  }
  expect(asked).toEqual(['https://models.example/pack/graph-deflate.onnx']);
  expect(counted()).toBe(2 * sent.length);
});

test.each([
  ['is longer than its 0.0 MB', deflateSync(GRAPH), { bytes: 100 }],
  ['is shorter than it must be', deflateSync(GRAPH), { bytes: 60_000 }],
  ['cannot be unpacked', Buffer.from('nothing that zlib wrote'), {}],
  ['cannot be unpacked', deflateSync(GRAPH).subarray(0, 100), {}],
])('what %s is refused', async (words, sent, said) => {
  await expect(visit(sent, said).fetching()).rejects.toMatchObject({
    code: 'pack-corrupted',
    message: `graph.onnx ${words}.`,
  });
});
