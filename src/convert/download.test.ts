// @vitest-environment node
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { download, noteOf, type DownloadOptions } from './download.ts';
import { createMemoryFolder, type MemoryFolder } from './memory-folder.ts';

/** More than one write, and not a whole number of them. */
const CONTENT = Buffer.from(
  Uint8Array.from({ length: 3_300_001 }, (_, index) => (index * 31 + (index >> 8)) % 256),
);
const SHA256 = createHash('sha256').update(CONTENT).digest('hex');
const PATH = 'weights.bin';

type Answer = (request: IncomingMessage, response: ServerResponse, from: number) => void;

let server: Server;
let url: string;
let answer: Answer;
let ranges: (string | undefined)[];
let folder: MemoryFolder;
let seen: number[];

beforeEach(async () => {
  answer = whole();
  ranges = [];
  seen = [];
  folder = createMemoryFolder();
  server = createServer((request, response) => {
    const { range } = request.headers;
    ranges.push(range);
    answer(request, response, Number(/^bytes=(?<from>\d+)-$/u.exec(range ?? '')?.groups?.['from'] ?? 0));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/files/pytorch_model.bin`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

interface Served {
  readonly ranges?: boolean;
  /** The connection breaks here. */
  readonly until?: number;
  readonly content?: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

function whole({ ranges: knows = true, until, content = CONTENT, headers = {} }: Served = {}): Answer {
  return (_request, response, from) => {
    const start = knows ? from : 0;
    response.writeHead(start > 0 ? 206 : 200, {
      'content-length': content.length - start,
      ...(start > 0 && { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` }),
      ...headers,
    });
    if (until === undefined) response.end(content.subarray(start));
    else response.write(content.subarray(start, until), () => setTimeout(() => response.destroy(), 30));
  };
}

const failing =
  (status: number, type = 'text/plain'): Answer =>
  (_request, response) =>
    response.writeHead(status, { 'content-type': type }).end('no');

/** Sends a little and then nothing. */
const stalls: Answer = (_request, response) => {
  response.writeHead(200, { 'content-length': CONTENT.length });
  response.write(CONTENT.subarray(0, 70_000));
};

/** Each request gets the next answer, the last one again and again. */
function inTurn(...answers: readonly Answer[]): Answer {
  let turn = 0;
  return (...call) => {
    const next = answers[Math.min(turn, answers.length - 1)];
    turn += 1;
    next?.(...call);
  };
}

const get = (options: Partial<DownloadOptions> = {}) =>
  download(url, {
    folder,
    path: PATH,
    fetch,
    expected: { bytes: null, sha256: null },
    onProgress: (received) => seen.push(received),
    retryMs: 1,
    ...options,
  });

const stored = () => Buffer.from(folder.files.get(PATH) ?? new Uint8Array(0));

it('brings a file, and knows it again without asking', async () => {
  const { source, sha256 } = await get();
  expect(sha256).toBe(SHA256);
  expect(source.size).toBe(CONTENT.length);
  expect(stored().equals(CONTENT)).toBe(true);
  expect(seen.at(-1)).toBe(CONTENT.length);
  await get({ expected: { bytes: CONTENT.length, sha256: SHA256 } });
  expect(ranges).toHaveLength(1);
});

it('goes on by itself where the connection broke', async () => {
  answer = inTurn(whole({ until: 2_000_000 }), whole());
  await get({ expected: { bytes: CONTENT.length, sha256: SHA256 } });
  expect(ranges).toEqual([undefined, 'bytes=2000000-']);
  expect(stored().equals(CONTENT)).toBe(true);
});

it('goes on at the next visit', async () => {
  answer = inTurn(whole({ until: 1_500_000 }), failing(503));
  await expect(get()).rejects.toMatchObject({ code: 'checkpoint-interrupted' });
  expect(stored()).toHaveLength(1_500_000);
  ranges = [];
  answer = whole();
  await get({ expected: { bytes: null, sha256: SHA256 } });
  expect(ranges).toEqual(['bytes=1500000-']);
  expect(stored().equals(CONTENT)).toBe(true);
});

it('starts over where the server knows no ranges', async () => {
  answer = inTurn(whole({ until: 2_000_000 }), whole({ ranges: false }));
  await get({ expected: { bytes: CONTENT.length, sha256: SHA256 } });
  expect(stored().equals(CONTENT)).toBe(true);
});

it.each([
  ['another length', whole({ content: Buffer.concat([CONTENT, CONTENT.subarray(0, 100)]) })],
  ['another tag', whole({ headers: { etag: '"new"' } })],
])('starts over with a file of %s', async (_what, changed) => {
  answer = inTurn(whole({ until: 1_000_000, headers: { etag: '"old"' } }), failing(503));
  await expect(get()).rejects.toMatchObject({ code: 'checkpoint-interrupted' });
  ranges = [];
  answer = changed;
  await get();
  expect(ranges).toEqual(['bytes=1000000-', undefined]);
  expect(stored().subarray(0, CONTENT.length).equals(CONTENT)).toBe(true);
});

it('takes no beginning of another address for its own', async () => {
  folder.files.set(PATH, new Uint8Array(500));
  folder.files.set(
    noteOf(PATH),
    new TextEncoder().encode('{"url":"https://elsewhere.test/","totalBytes":1,"etag":null}'),
  );
  await get();
  expect(ranges).toEqual([undefined]);
  expect(stored().equals(CONTENT)).toBe(true);
});

it('keeps no file with another hash', async () => {
  const wrong = Buffer.from(CONTENT);
  wrong[12_345] = (wrong[12_345] ?? 0) ^ 1;
  answer = whole({ content: wrong });
  const getting = get({ expected: { bytes: CONTENT.length, sha256: SHA256 } });
  await expect(getting).rejects.toMatchObject({ code: 'checkpoint-invalid' });
  await expect(getting).rejects.toThrow(
    /has 3300001 bytes and SHA-256 [0-9a-f]{12}…, the public record says 3300001 bytes and [0-9a-f]{12}…/u,
  );
  expect(folder.files.has(PATH)).toBe(false);
});

it.each([
  [failing(404), 'checkpoint-missing', 'the server said 404'],
  [failing(403), 'checkpoint-missing', 'the server said 403'],
  [failing(200, 'text/html; charset=utf-8'), 'checkpoint-missing', 'is a web page'],
  [failing(500), 'checkpoint-interrupted', 'said 500 for pytorch_model.bin'],
  [failing(429), 'checkpoint-interrupted', 'said 429'],
] as const)('says why it got nothing', async (failure, code, message) => {
  answer = failure;
  const getting = get();
  await expect(getting).rejects.toMatchObject({ code });
  await expect(getting).rejects.toThrow(message);
});

it('gives a busy server time, and gives up after some attempts in vain', async () => {
  answer = inTurn(failing(503), failing(503), whole());
  await get();
  expect(ranges).toHaveLength(3);
  await folder.remove(PATH);
  ranges = [];
  answer = failing(503);
  await expect(get()).rejects.toMatchObject({ code: 'checkpoint-interrupted' });
  expect(ranges).toHaveLength(4);
});

it('says when nobody answers', async () => {
  server.close();
  server.closeAllConnections();
  const getting = get();
  await expect(getting).rejects.toMatchObject({ code: 'checkpoint-interrupted' });
  await expect(getting).rejects.toThrow(/^127\.0\.0\.1:\d+ did not answer\.$/u);
});

it('counts a connection that gives nothing as broken', async () => {
  answer = inTurn(stalls, whole());
  await get({ stallMs: 200 });
  expect(ranges).toEqual([undefined, 'bytes=70000-']);
});

it('stops when cancelled, and keeps what has arrived', async () => {
  const controller = new AbortController();
  const getting = get({
    signal: controller.signal,
    onProgress: (received) => {
      if (received > 1_200_000) controller.abort();
    },
  });
  await expect(getting).rejects.toThrow(/abort/iu);
  expect(stored().length).toBeGreaterThan(1_000_000);
  await get({ expected: { bytes: CONTENT.length, sha256: SHA256 } });
  expect(stored().equals(CONTENT)).toBe(true);
});

it('says when there is no room, and does not try again', async () => {
  folder = createMemoryFolder(2_200_000);
  await expect(get()).rejects.toMatchObject({ code: 'storage-full' });
  expect(ranges).toHaveLength(1);
  expect(stored().length).toBeGreaterThan(2_000_000);
});
