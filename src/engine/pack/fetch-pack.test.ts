import { createHash } from 'node:crypto';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { VqaErrorCode } from '../../core/errors.ts';
import { createWebPackStore } from './fetch-pack.ts';
import { MemoryCacheStorage } from './memory-cache.ts';
import { createPackCache, PIECE_BYTES } from './pack-cache.ts';
import type { DownloadProgress, FetchedPack } from './pack-store.ts';

/** Files of several pieces, of less than one, and of exactly one. */
const FILES: Record<string, Buffer> = {
  'large.onnx': bytesLike(2.5 * PIECE_BYTES, 3),
  'small.onnx': bytesLike(1234, 5),
  'tokenizer.json': bytesLike(PIECE_BYTES, 7),
};
/** Left out when the pack is loaded. */
const HEAD = bytesLike(4321, 11);
const TOTAL = Object.values(FILES).reduce((sum, file) => sum + file.length, 0);

function bytesLike(length: number, step: number): Buffer {
  return Buffer.from(Uint8Array.from({ length }, (_, index) => (index * step + (index >> 9)) % 256));
}

function packJson(): string {
  const tiny: unknown = JSON.parse(
    readFileSync(new URL('../../../models/fixtures/tiny-pack/pack.json', import.meta.url), 'utf8'),
  );
  const files = [...Object.entries(FILES), ['head.onnx', HEAD] as const].map(([path, file]) => ({
    path,
    bytes: file.length,
    sha256: createHash('sha256').update(file).digest('hex'),
  }));
  const lxmert = { ...Object(tiny).lxmert, taskHeads: { matching: 'head.onnx' }, explain: undefined };
  // What the tiny pack has beyond its graphs is no file of this server.
  const left = { answerability: undefined, card: undefined, externalData: undefined };
  return JSON.stringify({ ...Object(tiny), ...left, lxmert, files })
    .replaceAll(/"(?:detector-backbone|roi-head|lxmert-\w+)\.onnx"/gu, '"small.onnx"')
    .replaceAll('"golden.json"', '"tokenizer.json"');
}

type Answer = (path: string, from: number, response: ServerResponse) => void;

const whole: Answer = (path, from, response) => {
  const file = { ...FILES, 'head.onnx': HEAD, 'pack.json': Buffer.from(packJson()) }[path];
  if (file === undefined) response.writeHead(404).end('not found');
  else if (from > 0)
    response.writeHead(206, { 'content-length': file.length - from }).end(file.subarray(from));
  else response.writeHead(200, { 'content-length': file.length }).end(file);
};

/** Sends the file up to byte `at` and hangs up. */
const cutting =
  (name: string, at: number): Answer =>
  (path, from, response) => {
    const file = FILES[path];
    if (path !== name || file === undefined) return whole(path, from, response);
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': file.length - from });
    response.write(file.subarray(from, at), () => setTimeout(() => response.destroy(), 20));
  };

const refusal = (code: VqaErrorCode, message = '') => ({ code, message: expect.stringContaining(message) });

const expectFiles = ({ files }: FetchedPack): void => {
  for (const [path, file] of Object.entries(FILES))
    expect(file.equals(files.get(path) ?? Buffer.of())).toBe(true);
};

describe('fetching a pack', () => {
  let server: Server;
  let packUrl: string;
  let answer: Answer;
  let requests: string[];
  let storage: MemoryCacheStorage;
  let progress: DownloadProgress[];

  beforeEach(async () => {
    answer = whole;
    requests = [];
    storage = new MemoryCacheStorage();
    progress = [];
    server = createServer((request, response) => {
      const path = (request.url ?? '').replace('/pack/', '');
      const from = Number(/bytes=(\d+)-/u.exec(request.headers.range ?? '')?.[1] ?? 0);
      requests.push(from > 0 ? `${path} from ${from}` : path);
      answer(path, from, response);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the server has no port');
    packUrl = `http://127.0.0.1:${address.port}/pack/`;
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });

  /** A visit: nothing but the storage outlives it. */
  const visit = async (signal?: AbortSignal): Promise<FetchedPack> => {
    progress = [];
    const store = createWebPackStore({ cache: createPackCache(storage), fetch });
    return await store.fetch(packUrl, { signal, onProgress: (step) => progress.push(step) });
  };

  const expectHonest = (): void => {
    const loaded = progress.map((step) => step.loadedBytes);
    expect(loaded).toEqual(loaded.toSorted((a, b) => a - b));
    expect(Math.max(0, ...loaded)).toBeLessThanOrEqual(TOTAL);
    for (const step of progress) expect(step.totalBytes).toBe(TOTAL);
  };

  it('downloads once, and then reads from the cache', async () => {
    const first = await visit();
    expectFiles(first);
    expectHonest();
    expect(first.storage).toBe('stored');
    expect(progress.at(-1)).toMatchObject({ loadedBytes: TOTAL, cachedBytes: 0 });
    expect(requests).toEqual(['pack.json', ...Object.keys(FILES)]);

    requests = [];
    const second = await visit();
    expectFiles(second);
    expectHonest();
    expect(second.storage).toBe('stored');
    expect(progress.at(-1)).toMatchObject({ loadedBytes: TOTAL, cachedBytes: TOTAL });
    expect(requests).toEqual(['pack.json']);
  });

  it('goes on after a cut where the last whole piece ended', async () => {
    answer = cutting('large.onnx', 1.7 * PIECE_BYTES);
    await expect(visit()).rejects.toMatchObject({
      code: 'pack-interrupted',
      message: expect.stringMatching(/^large\.onnx broke off after \d\.\d MB of 2\.6 MB\.$/u),
    });
    expectHonest();

    answer = whole;
    requests = [];
    const resumed = await visit();
    expectFiles(resumed);
    expectHonest();
    expect(requests[1]).toBe(`large.onnx from ${PIECE_BYTES}`);
    expect(progress[0]?.loadedBytes).toBe(PIECE_BYTES);
    expect(progress.at(-1)).toMatchObject({ loadedBytes: TOTAL, cachedBytes: PIECE_BYTES });
  });

  it('counts no byte twice when the server knows no ranges', async () => {
    answer = cutting('large.onnx', 1.7 * PIECE_BYTES);
    await expect(visit()).rejects.toMatchObject(refusal('pack-interrupted'));
    answer = (path, _, response) => whole(path, 0, response);
    expectFiles(await visit());
    expectHonest();
    expect(progress.at(-1)).toMatchObject({ loadedBytes: TOTAL, cachedBytes: PIECE_BYTES });
  });

  it('refuses a damaged file, keeps the others, and fetches it anew', async () => {
    answer = (path, from, response) => {
      if (path !== 'small.onnx') return whole(path, from, response);
      response.end(Buffer.alloc(1234, 1));
    };
    await expect(visit()).rejects.toMatchObject(refusal('pack-corrupted', 'small.onnx has SHA-256'));

    answer = whole;
    requests = [];
    expectFiles(await visit());
    expect(requests).toEqual(['pack.json', 'small.onnx', 'tokenizer.json']);
  });

  it('refuses a file that is too long', async () => {
    answer = (path, from, response) => {
      if (path !== 'small.onnx') return whole(path, from, response);
      response.end(Buffer.alloc(1235));
    };
    await expect(visit()).rejects.toMatchObject(
      refusal('pack-corrupted', 'small.onnx is longer than its 0.0 MB'),
    );
    expectHonest();
  });

  it('does not count or use what was damaged in the cache', async () => {
    await visit();
    storage.damage('small.onnx');
    requests = [];
    expectFiles(await visit());
    expectHonest();
    expect(requests).toEqual(['pack.json', 'small.onnx']);
  });

  it('fetches a damaged half once more after refusing it', async () => {
    answer = cutting('large.onnx', 1.7 * PIECE_BYTES);
    await expect(visit()).rejects.toMatchObject(refusal('pack-interrupted'));
    storage.damage('large.onnx');
    answer = whole;
    await expect(visit()).rejects.toMatchObject(refusal('pack-corrupted'));
    expectFiles(await visit());
  });

  it('runs from memory when the quota is full', async () => {
    storage = new MemoryCacheStorage(1.5 * PIECE_BYTES);
    const fetched = await visit();
    expectFiles(fetched);
    expectHonest();
    expect(fetched.storage).toBe('memory');
  });

  it('runs from memory where there is no cache', async () => {
    const store = createWebPackStore({ cache: createPackCache(undefined), fetch });
    expect((await store.fetch(packUrl, {})).storage).toBe('memory');
    expect(await store.inspect()).toEqual({ status: 'refused' });
    await store.clear();
  });

  it('drops the files of an earlier version', async () => {
    await visit();
    const before = FILES['small.onnx'] ?? Buffer.of();
    FILES['small.onnx'] = Buffer.from(before.map((byte) => byte ^ 255));
    expectFiles(await visit());
    FILES['small.onnx'] = before;
    expect(storage.urls().filter((url) => url.includes('small.onnx'))).toHaveLength(1);
  });

  it('works without a network once everything is stored', async () => {
    await visit();
    server.closeAllConnections();
    answer = (_path, _from, response) => response.destroy();
    expectFiles(await visit());
  });

  it('shows what is stored, and clears it', async () => {
    await visit();
    const store = createWebPackStore({ cache: createPackCache(storage, () => Promise.resolve(1e9)), fetch });
    expect(await store.inspect()).toEqual({
      status: 'available',
      packs: [{ url: packUrl, storedBytes: TOTAL, files: 3 }],
      quotaBytes: 1e9,
    });
    await store.clear();
    expect(await store.inspect()).toMatchObject({ packs: [] });
  });

  it('stops when cancelled and keeps what has arrived', async () => {
    answer = (path, from, response) => {
      if (path !== 'large.onnx') return whole(path, from, response);
      response.writeHead(200);
      response.write(FILES[path]?.subarray(0, 1.5 * PIECE_BYTES));
    };
    const controller = new AbortController();
    const cancelled = expect(visit(controller.signal)).rejects.toThrow(/abort/iu);
    await expect.poll(() => progress.at(-1)?.loadedBytes ?? 0).toBe(1.5 * PIECE_BYTES);
    controller.abort();
    await cancelled;
    answer = whole;
    expectFiles(await visit());
    expect(requests).toContain(`large.onnx from ${PIECE_BYTES}`);
  });

  it.each<[string, Answer, VqaErrorCode, string]>([
    [
      'nothing there',
      (_p, _f, response) => response.writeHead(404).end(),
      'pack-missing',
      'the server said 404',
    ],
    [
      'a page instead',
      (_p, _f, response) =>
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<html>'),
      'pack-missing',
      'is a web page, not a file of a pack',
    ],
    [
      'a server in trouble',
      (_p, _f, response) => response.writeHead(503).end(),
      'pack-interrupted',
      'said 503',
    ],
    ['a dead line', (_p, _f, response) => response.destroy(), 'pack-interrupted', 'did not answer'],
    ['no JSON', (_p, _f, response) => response.end('{'), 'pack-invalid', 'pack.json is not JSON'],
  ])('explains %s', async (_, answering, code, message) => {
    answer = answering;
    await expect(visit()).rejects.toMatchObject(refusal(code, message));
  });

  it('takes a connection that went silent for cut', async () => {
    answer = (path, from, response) =>
      path === 'small.onnx' ? response.writeHead(200).write('some bytes') : whole(path, from, response);
    const store = createWebPackStore({ cache: createPackCache(storage), fetch, stallMs: 200 });
    await expect(store.fetch(packUrl, {})).rejects.toMatchObject(
      refusal('pack-interrupted', 'small.onnx stopped after 0.0 MB of 0.0 MB: nothing came for'),
    );
  });

  it('explains a file that is missing from a pack', async () => {
    answer = (path, from, response) =>
      path === 'tokenizer.json' ? response.writeHead(404).end() : whole(path, from, response);
    await expect(visit()).rejects.toMatchObject(refusal('pack-missing', '/pack/tokenizer.json is not there'));
  });
});
