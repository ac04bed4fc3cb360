/** What can be made, what was made, and what was begun, in a folder in memory. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createPackMaker } from '../../convert/create-pack-maker.ts';
import { createMemoryFolder, type MemoryFolder } from '../../convert/folder/memory-folder.ts';
import { FIRST_DOWNLOADS_FILE } from '../../convert/download/first-downloads.ts';
import type { MakeProgress, PackMaker } from '../../core/published.ts';
import { LXMERT_ON_HUB, SMALL_LXMERT, smallHubFile, smallPublishedFile } from '../testing/small-published.ts';

const PAGE = 'https://page.test/published/';
const HUB = 'https://hub.test/';
const MIRROR = 'https://mirror.test/';
const DETECTOR_ON_HUB = 'unc-nlp/frcnn-vg-finetuned/resolve/main/pytorch_model.bin';

/** A whole pack, and four attempts at a server that is down. */
const MAKING_TIMEOUT_MS = 60_000;

let root: MemoryFolder;
let asked: string[];
let isHubDown: boolean;
/** In place of what hub and mirror have. */
let hubFiles: Map<string, Buffer<ArrayBuffer>>;
let maker: PackMaker;

const answer: typeof fetch = (input) => {
  const url = input instanceof Request ? input.url : String(input);
  asked.push(url);
  if (url.startsWith(HUB) && isHubDown) return Promise.reject(new TypeError('no network'));
  const hub = [HUB, MIRROR].find((start) => url.startsWith(start));
  const file =
    hub === undefined
      ? smallPublishedFile(url.slice(PAGE.length))
      : (hubFiles.get(url) ?? smallHubFile(url.slice(hub.length)));
  if (file === null) return Promise.resolve(new Response('no', { status: 404 }));
  return Promise.resolve(new Response(file, { headers: { 'content-length': String(file.length) } }));
};

beforeEach(() => {
  root = createMemoryFolder();
  asked = [];
  isHubDown = false;
  hubFiles = new Map();
  maker = createPackMaker({
    root,
    fetch: answer,
    publishedUrl: PAGE,
    hubUrls: [HUB],
    freeBytes: () => Promise.resolve(123),
  });
});

const ownFile = (name: string) => new File([readFileSync(join(SMALL_LXMERT, name))], name);

const make = (options: Parameters<PackMaker['make']>[1] = {}) =>
  maker.make({ id: 'lxmert-vqa', precision: 'int8', files: {} }, options);

describe('the maker of packs', () => {
  it('lists what can be made, with sizes that turn out right', async () => {
    const [pack] = await maker.list();
    expect(pack).toMatchObject({ id: 'lxmert-vqa', name: 'LXMERT, VQA v2' });
    expect(pack?.sources.map(({ role, urls, bytes }) => [role, urls, bytes])).toEqual([
      ['lxmert', [HUB + LXMERT_ON_HUB], smallHubFile(LXMERT_ON_HUB)?.length],
      ['detector', [HUB + DETECTOR_ON_HUB], null],
    ]);
    expect(asked.filter((url) => url.startsWith(HUB))).toEqual([]);
    await make();
    const written = [...root.files].filter(([path]) => path.endsWith('.bin'));
    const bytes = written.reduce((sum, [, { length }]) => sum + length, 0);
    // Scales of bytes and gaps between weights are not counted beforehand.
    expect(bytes / (pack?.packBytes.int8 ?? 0)).toBeLessThan(1.5);
    expect(bytes / (pack?.packBytes.int8 ?? 0)).toBeGreaterThan(1);
  });

  it('keeps what was made, without its downloads, until it is deleted', async () => {
    const made = await make();
    expect(made).toMatchObject({
      packUrl: 'opfs://lxmert-vqa-int8/',
      name: 'LXMERT, VQA v2 (int8)',
      precision: 'int8',
    });
    expect([...root.files.keys()].filter((path) => !path.startsWith('packs/'))).toEqual([
      FIRST_DOWNLOADS_FILE,
    ]);
    expect(await maker.shelf()).toEqual({ made: [made], unfinished: null, freeBytes: 123 });
    await maker.remove(made.packUrl);
    expect([...root.files.keys()]).toEqual([FIRST_DOWNLOADS_FILE]);
  });

  it('goes on with what was begun, and throws it away when asked', async () => {
    const controller = new AbortController();
    const onProgress = ({ stage }: MakeProgress) => {
      if (stage === 'convert') controller.abort();
    };
    await expect(make({ signal: controller.signal, onProgress })).rejects.toThrow(/abort/u);
    const { made, unfinished } = await maker.shelf();
    expect(made).toEqual([]);
    expect(unfinished?.begun).toEqual({
      id: 'lxmert-vqa',
      precision: 'int8',
      hadFiles: false,
      addresses: {},
    });
    expect(unfinished?.storedBytes).toBeGreaterThan(500_000);

    isHubDown = true;
    await make();
    expect((await maker.shelf()).unfinished).toBeNull();

    isHubDown = false;
    await expect(
      maker.make({ id: 'lxmert-vqa', precision: 'fp16', files: {} }, { signal: controller.signal }),
    ).rejects.toThrow(/abort/u);
    await maker.discard();
    const shelf = await maker.shelf();
    expect(shelf.unfinished).toBeNull();
    expect(shelf.made).toHaveLength(1);
  });

  it(
    'compares weights of which no record tells with those that came first',
    async () => {
      await make();
      const changed = Buffer.from(smallHubFile(DETECTOR_ON_HUB)!);
      changed[changed.length >> 1] = (changed[changed.length >> 1] ?? 0) ^ 1;
      hubFiles.set(HUB + DETECTOR_ON_HUB, changed);
      const again = make();
      await expect(again).rejects.toMatchObject({ code: 'checkpoint-invalid' });
      await expect(again).rejects.toThrow(/the record of its first download here says/u);
      const addresses = { detector: MIRROR + DETECTOR_ON_HUB };
      await maker.make({ id: 'lxmert-vqa', precision: 'int8', files: {}, addresses }, {});
    },
    MAKING_TIMEOUT_MS,
  );

  it(
    'keeps a pack with an exact detector beside the other, as large as was said',
    async () => {
      const [pack] = await maker.list();
      const halves = await make();
      const exact = await maker.make(
        { id: 'lxmert-vqa', precision: 'int8', exactDetector: true, files: {} },
        {},
      );
      expect(exact).toMatchObject({
        packUrl: 'opfs://lxmert-vqa-exact-int8/',
        name: 'LXMERT, VQA v2 (int8, exact detector)',
        precision: 'int8',
      });
      const more = exact.storedBytes - halves.storedBytes;
      expect(more / pack!.exactDetectorBytes).toBeGreaterThan(0.8);
      expect(more / pack!.exactDetectorBytes).toBeLessThan(1.2);
      expect((await maker.shelf()).made).toHaveLength(2);
    },
    MAKING_TIMEOUT_MS,
  );

  it('says that the hub did not answer', async () => {
    isHubDown = true;
    await expect(make()).rejects.toMatchObject({ code: 'checkpoint-interrupted' });
  });

  it(
    'takes weights from where a person says, and remembers it for the next visit',
    async () => {
      isHubDown = true;
      const addresses = { lxmert: MIRROR + LXMERT_ON_HUB };
      const params = { id: 'lxmert-vqa', precision: 'int8', files: {}, addresses } as const;
      await expect(maker.make(params, {})).rejects.toMatchObject({ code: 'checkpoint-interrupted' });
      const { unfinished } = await maker.shelf();
      expect(unfinished?.begun?.addresses).toEqual(addresses);
      expect(unfinished?.storedBytes).toBeGreaterThan(smallHubFile(LXMERT_ON_HUB)?.length ?? Infinity);

      const detector = MIRROR + DETECTOR_ON_HUB;
      const { packUrl } = await maker.make({ ...params, addresses: { ...addresses, detector } }, {});
      expect(asked.filter((url) => url.startsWith(MIRROR))).toEqual([addresses.lxmert, detector]);
      const written = root.files.get(`packs/${new URL(packUrl).host}/pack.json`);
      expect(new TextDecoder().decode(written)).toContain(`${addresses.lxmert}, SHA-256`);
    },
    MAKING_TIMEOUT_MS,
  );

  it('refuses an address that is none', async () => {
    const addresses = { lxmert: 'lxmert.bin' };
    await expect(
      maker.make({ id: 'lxmert-vqa', precision: 'int8', files: {}, addresses }, {}),
    ).rejects.toThrow('“lxmert.bin” is no web address');
  });

  it('keeps weights of one’s own beside the published ones', async () => {
    const made = await maker.make(
      {
        id: 'lxmert-vqa',
        precision: 'fp16',
        files: {
          lxmert: ownFile('model.safetensors'),
          configuration: ownFile('config.json'),
          answers: ownFile('answers.json'),
        },
      },
      {},
    );
    expect(made.packUrl).toBe('opfs://lxmert-vqa-own-fp16/');
    expect(asked.filter((url) => url.startsWith(HUB))).toHaveLength(1);
  });
});
