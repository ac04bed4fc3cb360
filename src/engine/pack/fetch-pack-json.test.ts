// @vitest-environment node
import { createServer, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createWebPackStore } from './fetch-pack.ts';
import { MemoryCacheStorage } from './memory-cache.ts';
import { createPackCache } from './pack-cache.ts';
import type { FetchedPack } from './pack-store.ts';

const TINY = new URL('../../../models/fixtures/tiny-pack/', import.meta.url);
const TEXT = readFileSync(new URL('pack.json', TINY), 'utf8');
const HALF = TEXT.slice(0, TEXT.length / 2);

type Answer = (response: ServerResponse) => void;

let server: Server;
let packUrl: string;
let storage: MemoryCacheStorage;
/** What becomes of files, by name; the others come as they are. */
let faults: Record<string, Answer>;

beforeEach(async () => {
  faults = {};
  storage = new MemoryCacheStorage();
  server = createServer((request, response) => {
    const name = (request.url ?? '').slice(1);
    const fault = faults[name];
    if (fault) fault(response);
    else response.end(readFileSync(new URL(name, TINY)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  packUrl = `http://127.0.0.1:${address.port}/`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** A visit; nothing but the storage outlives it. */
function visit(stallMs = 30_000): Promise<FetchedPack> {
  return createWebPackStore({ cache: createPackCache(storage), fetch, stallMs }).fetch(packUrl, {});
}

const cut: Answer = (response) => {
  response.writeHead(200, { 'content-length': TEXT.length });
  response.write(HALF, () => setTimeout(() => response.destroy(), 20));
};

it.each<readonly [string, Answer, string]>([
  ['is asked for and never comes', () => undefined, 'said nothing for 1 s'],
  [
    'stalls in the middle',
    (response) => response.writeHead(200).write(HALF),
    'stopped: nothing came for 1 s',
  ],
  ['breaks off', cut, 'broke off'],
  ['ends early, as if it were whole', (response) => response.end(HALF), 'is not JSON'],
])('a pack.json that %s is said to, and the stored one takes its place', async (_, fault, words) => {
  faults = { 'pack.json': fault };
  await expect(visit(1000)).rejects.toMatchObject({ message: expect.stringContaining(words) });
  faults = {};
  const first = await visit();
  faults = { 'pack.json': fault };
  const second = await visit(1000);
  expect(second.pack).toEqual(first.pack);
  expect([...second.files.keys()]).toEqual([...first.files.keys()]);
});

it('a graph that is asked for and never comes is named', async () => {
  faults = { 'roi-head.onnx': () => undefined };
  await expect(visit(1000)).rejects.toMatchObject({
    code: 'pack-interrupted',
    message: expect.stringMatching(/^roi-head\.onnx could not be fetched: .* said nothing for 1 s\.$/u),
  });
});
