// @vitest-environment node
/** A file of several addresses: whatever the first of them does, the next is tried, and goes on with what is here. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { download, type DownloadOptions, type Downloaded } from '../../convert/download/download.ts';
import { createMemoryFolder, type MemoryFolder } from '../../convert/folder/memory-folder.ts';
import {
  CONTENT,
  failing,
  openWeightsServer,
  SHA256,
  stalls,
  whole,
  type Answer,
  type WeightsServer,
} from '../testing/weights-server.ts';

const PATH = 'weights.bin';
const KNOWN = { bytes: CONTENT.length, sha256: SHA256 };
const UNKNOWN = { bytes: null, sha256: null };

const OTHER = Buffer.from(CONTENT);
OTHER[1_000] = (OTHER[1_000] ?? 0) ^ 1;

/** What a browser sees of a server that is down, or that shares its files with no other site. */
const refuses: Answer = (_request, response) => void response.destroy();

const endless: Answer = (_request, response) => {
  response.writeHead(200);
  const send = (): void => {
    if (!response.destroyed) response.write(CONTENT, () => setTimeout(send, 1));
  };
  send();
};

let server: WeightsServer;
let folder: MemoryFolder;

beforeEach(async () => {
  server = await openWeightsServer();
  folder = createMemoryFolder();
});

afterEach(() => server.close());

/** From `/0`, `/1` …, which answer so. */
function get(
  answers: readonly Answer[],
  expected: DownloadOptions['expected'] = KNOWN,
  options: Partial<DownloadOptions> = {},
): Promise<Downloaded> {
  for (const [place, answer] of answers.entries()) server.answers.set(`/${place}/model.bin`, answer);
  const addresses = answers.map((_, place) => `${server.url}/${place}/model.bin`);
  const merged = { folder, path: PATH, fetch, expected, retryMs: 1, stallMs: 200, ...options };
  return download(addresses, merged);
}

const stored = () => Buffer.from(folder.files.get(PATH) ?? new Uint8Array(0));
/** What the address of this place was asked for. */
const askedOf = (place: number) =>
  server.asked.filter(({ path }) => path === `/${place}/model.bin`).map(({ range }) => range ?? 'all');

describe('the next address is tried', () => {
  it.each([
    ['refuses', refuses, 2],
    ['is overloaded', failing(503), 2],
    ['has no such file', failing(404), 1],
    ['is behind a login', failing(200, 'text/html'), 1],
    ['has a file of another size', whole({ content: CONTENT.subarray(0, 3_000_000) }), 1],
    ['has a file of the same size and other bytes', whole({ content: OTHER }), 1],
  ])('when the first %s', async (_what, first, attempts) => {
    const { url, sha256 } = await get([first, whole()]);
    expect([url, sha256]).toEqual([`${server.url}/1/model.bin`, SHA256]);
    expect(stored().equals(CONTENT)).toBe(true);
    expect(askedOf(0)).toHaveLength(attempts);
    expect(askedOf(1)).toEqual(['all']);
  });

  it('when no server is there', async () => {
    const closed = await openWeightsServer();
    closed.close();
    server.answers.set('*', whole());
    const addresses = [`${closed.url}/model.bin`, `${server.url}/model.bin`];
    const { url } = await download(addresses, { folder, path: PATH, fetch, expected: KNOWN, retryMs: 1 });
    expect(url).toBe(addresses[1]);
  });

  it('is not when the disk is full or the work was stopped', async () => {
    folder = createMemoryFolder(1_200_000);
    await expect(get([whole(), whole()])).rejects.toMatchObject({ code: 'storage-full' });
    folder = createMemoryFolder();
    const controller = new AbortController();
    const onProgress = () => controller.abort();
    const { signal } = controller;
    await expect(get([whole(), whole()], KNOWN, { signal, onProgress })).rejects.toThrow(/abort/iu);
    expect(askedOf(1)).toEqual([]);
  });
});

describe('what has arrived', () => {
  const cut = { until: 1_500_000 };
  /** Asked where no hash tells whether it is the same file. */
  const OVERLAPPING = `bytes=${1_500_000 - 65_536}-`;

  /** Gives the beginning once, and then nothing more. */
  function cutOnce(headers: Readonly<Record<string, string>> = {}): Answer {
    let isFirst = true;
    return (...call) => {
      (isFirst ? whole({ ...cut, headers }) : failing(503))(...call);
      isFirst = false;
    };
  }

  it('is gone on with at the next address, when a hash will tell', async () => {
    const seen: string[] = [];
    const onProgress: DownloadOptions['onProgress'] = (_stage, received, _total, url) =>
      seen.push(`${received} of ${url.at(-11)}`);
    await get([cutOnce(), whole()], KNOWN, { onProgress });
    expect(askedOf(1)).toEqual(['bytes=1500000-']);
    expect(stored().equals(CONTENT)).toBe(true);
    expect(seen).toContain('1500000 of 1');
  });

  it('is gone on with when both have the same tag', async () => {
    const headers = { etag: '"v1"' };
    await get([cutOnce(headers), whole({ headers })], UNKNOWN);
    expect(askedOf(1)).toEqual([OVERLAPPING]);
    expect(stored().equals(CONTENT)).toBe(true);
  });

  it('is begun anew when nothing tells that it is the same file', async () => {
    await get([cutOnce(), whole({ content: OTHER })], UNKNOWN);
    expect(askedOf(1)).toEqual(['all']);
    expect(stored().equals(OTHER)).toBe(true);
    folder = createMemoryFolder();
    server.asked.length = 0;
    const other = whole({ content: OTHER, headers: { etag: '"v2"' } });
    await get([cutOnce({ etag: '"v1"' }), other], UNKNOWN);
    expect(askedOf(1)).toEqual([OVERLAPPING, 'all']);
    expect(stored().equals(OTHER)).toBe(true);
  });

  it('is begun anew when it turns out to have been wrong', async () => {
    const wrong: Answer = (...call) => {
      const isFirst = askedOf(0).length === 1;
      (isFirst ? whole({ ...cut, content: OTHER }) : failing(503))(...call);
    };
    await get([wrong, whole()]);
    expect(askedOf(1)).toEqual(['bytes=1500000-', 'all']);
    expect(stored().equals(CONTENT)).toBe(true);
  });

  it('is not lost to an address that gives nothing, and is gone on with at the next visit', async () => {
    await expect(get([refuses, cutOnce()])).rejects.toMatchObject({ code: 'checkpoint-interrupted' });
    expect(stored()).toHaveLength(1_500_000);
    server.asked.length = 0;
    await get([refuses, whole()]);
    expect(askedOf(1)).toEqual(['bytes=1500000-']);
    server.asked.length = 0;
    await get([refuses, refuses]);
    expect(server.asked).toEqual([]);
  });

  it('counts a mirror that stalls for ever as one that broke off', async () => {
    await get([stalls, whole()]);
    expect(askedOf(1)).toEqual(['bytes=70000-']);
  });
});

describe('when none gives the file', () => {
  it('says what each of them said', async () => {
    const getting = get([refuses, failing(404), whole({ content: OTHER })]);
    await expect(getting).rejects.toMatchObject({ code: 'checkpoint-missing' });
    await expect(getting).rejects.toThrow(
      /^None of 3 addresses gave model\.bin\. \S+ did not answer, .*\. \S+\/1\/model\.bin is not there for us: the server said 404\. model\.bin from \S+ has 3300001 bytes and SHA-256/u,
    );
    await expect(getting).rejects.toMatchObject({ remedy: expect.stringContaining('from your disk') });
  });

  it('keeps the code that all of them have', async () => {
    await expect(get([refuses, failing(500)])).rejects.toMatchObject({ code: 'checkpoint-interrupted' });
    expect(askedOf(1)).toHaveLength(4);
  });

  it('does not follow a server that goes on for ever', async () => {
    await expect(get([endless])).rejects.toMatchObject({ code: 'checkpoint-invalid' });
    expect(folder.files.has(PATH)).toBe(false);
  });
});
