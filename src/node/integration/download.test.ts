// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noteOf } from '../../convert/download/download-note.ts';
import { download, type DownloadOptions } from '../../convert/download/download.ts';
import { createMemoryFolder, type MemoryFolder } from '../../convert/folder/memory-folder.ts';
import {
  CONTENT,
  failing,
  inTurn,
  openWeightsServer,
  SHA256,
  stalls,
  whole,
  type Answer,
  type WeightsServer,
} from '../testing/weights-server.ts';

const PATH = 'weights.bin';

let server: WeightsServer;
let url: string;
let folder: MemoryFolder;
let seen: number[];

beforeEach(async () => {
  server = await openWeightsServer();
  url = `${server.url}/files/pytorch_model.bin`;
  answers(whole());
  seen = [];
  folder = createMemoryFolder();
});

afterEach(() => server.close());

const answers = (answer: Answer) => void server.answers.set('*', answer);
const ranges = () => server.asked.map(({ range }) => range);

const get = (options: Partial<DownloadOptions> = {}) =>
  download([url], {
    folder,
    path: PATH,
    fetch,
    expected: { bytes: null, sha256: null },
    onProgress: (_stage, received) => seen.push(received),
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
  expect(ranges()).toHaveLength(1);
});

it('goes on by itself where the connection broke', async () => {
  answers(inTurn(whole({ until: 2_000_000 }), whole()));
  await get({ expected: { bytes: CONTENT.length, sha256: SHA256 } });
  expect(ranges()).toEqual([undefined, 'bytes=2000000-']);
  expect(stored().equals(CONTENT)).toBe(true);
});

it('goes on at the next visit', async () => {
  answers(inTurn(whole({ until: 1_500_000 }), failing(503)));
  await expect(get()).rejects.toMatchObject({ code: 'checkpoint-interrupted' });
  expect(stored()).toHaveLength(1_500_000);
  server.asked.length = 0;
  answers(whole());
  await get({ expected: { bytes: null, sha256: SHA256 } });
  expect(ranges()).toEqual(['bytes=1500000-']);
  expect(stored().equals(CONTENT)).toBe(true);
});

it('starts over where the server knows no ranges', async () => {
  answers(inTurn(whole({ until: 2_000_000 }), whole({ ranges: false })));
  await get({ expected: { bytes: CONTENT.length, sha256: SHA256 } });
  expect(stored().equals(CONTENT)).toBe(true);
});

it.each([
  ['another length', whole({ content: Buffer.concat([CONTENT, CONTENT.subarray(0, 100)]) })],
  ['another tag', whole({ headers: { etag: '"new"' } })],
])('starts over with a file of %s', async (_what, changed) => {
  answers(inTurn(whole({ until: 1_000_000, headers: { etag: '"old"' } }), failing(503)));
  await expect(get()).rejects.toMatchObject({ code: 'checkpoint-interrupted' });
  server.asked.length = 0;
  answers(changed);
  await get();
  expect(ranges()).toEqual([`bytes=${1_000_000 - 65_536}-`, undefined]);
  expect(stored().subarray(0, CONTENT.length).equals(CONTENT)).toBe(true);
});

it('takes no beginning of another address for its own', async () => {
  folder.files.set(PATH, new Uint8Array(500));
  folder.files.set(
    noteOf(PATH),
    new TextEncoder().encode('{"url":"https://elsewhere.test/","totalBytes":1,"etag":null}'),
  );
  await get();
  expect(ranges()).toEqual([undefined]);
  expect(stored().equals(CONTENT)).toBe(true);
});

it('keeps no file with another hash', async () => {
  const wrong = Buffer.from(CONTENT);
  wrong[12_345] = (wrong[12_345] ?? 0) ^ 1;
  answers(whole({ content: wrong }));
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
  answers(failure);
  const getting = get();
  await expect(getting).rejects.toMatchObject({ code });
  await expect(getting).rejects.toThrow(message);
});

it('gives a busy server time, and gives up after some attempts in vain', async () => {
  answers(inTurn(failing(503), failing(503), whole()));
  await get();
  expect(ranges()).toHaveLength(3);
  await folder.remove(PATH);
  server.asked.length = 0;
  answers(failing(503));
  await expect(get()).rejects.toMatchObject({ code: 'checkpoint-interrupted' });
  expect(ranges()).toHaveLength(4);
});

it('says when nobody answers', async () => {
  server.close();
  const getting = get();
  await expect(getting).rejects.toMatchObject({ code: 'checkpoint-interrupted' });
  await expect(getting).rejects.toThrow(
    /^127\.0\.0\.1:\d+ did not answer, or does not let other sites have the file\.$/u,
  );
});

it('counts a connection that gives nothing as broken', async () => {
  answers(inTurn(stalls, whole()));
  await get({ stallMs: 200 });
  expect(ranges()).toEqual([undefined, `bytes=${70_000 - 65_536}-`]);
});

it('stops when cancelled, and keeps what has arrived', async () => {
  const controller = new AbortController();
  const getting = get({
    signal: controller.signal,
    onProgress: (_stage, received) => {
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
  expect(ranges()).toHaveLength(1);
  expect(stored().length).toBeGreaterThan(2_000_000);
});

/** What a browser lets a page see of another site's answer that exposes nothing. */
const seenFromElsewhere: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  const headers = [...response.headers].filter(([name]) => ['content-length', 'content-type'].includes(name));
  return new Response(response.body, { status: response.status, headers });
};

/** Half of the file, and no more. */
const begin = async () => {
  answers(inTurn(whole({ until: 1_500_000 }), failing(503)));
  await expect(get({ fetch: seenFromElsewhere })).rejects.toMatchObject({ code: 'checkpoint-interrupted' });
  server.asked.length = 0;
};

describe('where other sites may not read Content-Range', () => {
  const known = { bytes: CONTENT.length, sha256: SHA256 };
  const unknown = { bytes: null, sha256: null };
  it.each([
    ['a hash', known, 'bytes=1500000-'],
    ['a piece that is here', unknown, `bytes=${1_500_000 - 65_536}-`],
  ])('goes on with a part, and %s confirms it', async (_what, expected, range) => {
    await begin();
    answers(whole());
    seen.length = 0;
    const { sha256 } = await get({ fetch: seenFromElsewhere, expected });
    expect(sha256).toBe(SHA256);
    expect(ranges()).toEqual([range]);
    expect(stored().equals(CONTENT)).toBe(true);
    expect(seen.toSorted((one, other) => one - other)).toEqual(seen);
  });

  it.each([
    ['the length of another file', whole({ content: Buffer.concat([CONTENT, CONTENT.subarray(0, 9)]) })],
    ['other bytes where it overlaps', whole({ content: Buffer.from(CONTENT.map((byte) => byte ^ 1)) })],
  ])('starts over when a part has %s', async (_what, changed) => {
    await begin();
    answers(changed);
    await get({ fetch: seenFromElsewhere });
    expect(ranges()).toEqual([`bytes=${1_500_000 - 65_536}-`, undefined]);
    expect(stored().subarray(0, 9)).not.toEqual(stored().subarray(9, 18));
    expect(stored().length).toBeGreaterThanOrEqual(CONTENT.length);
  });

  it('takes no part for the beginning of a file', async () => {
    answers((_request, response) => {
      response.writeHead(206, { 'content-length': 1000 }).end(CONTENT.subarray(0, 1000));
    });
    await expect(get({ fetch: seenFromElsewhere })).rejects.toMatchObject({ code: 'checkpoint-missing' });
    expect(folder.files.has(PATH)).toBe(false);
  });

  it('asks for the whole file where no part is to be had', async () => {
    await begin();
    answers((request, response, from) => {
      if (request.headers.range === undefined) whole()(request, response, from);
      else response.destroy();
    });
    await get({ fetch: seenFromElsewhere, expected: known });
    expect(ranges()).toEqual(['bytes=1500000-', 'bytes=1500000-', 'bytes=1500000-', undefined]);
    expect(stored().equals(CONTENT)).toBe(true);
  });
});

it('tells what is here while it reads it again, and counts it from the first', async () => {
  answers(inTurn(whole({ until: 1_500_000 }), failing(503)));
  await expect(get()).rejects.toMatchObject({ code: 'checkpoint-interrupted' });
  answers(whole());
  const told: string[] = [];
  const onProgress: DownloadOptions['onProgress'] = (stage, bytes, total) =>
    told.push(`${stage} ${bytes} of ${total}`);
  await get({ onProgress });
  expect(told[0]).toBe(`check 1500000 of ${CONTENT.length}`);
  expect(told[1]).toBe(`receive 1500000 of ${CONTENT.length}`);
  told.length = 0;
  await get({ onProgress });
  expect(told.at(-1)).toBe(`receive ${CONTENT.length} of ${CONTENT.length}`);
});
