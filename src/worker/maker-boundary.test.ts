import { describe, expect, it } from 'vitest';
import { VqaError } from '../core/errors.ts';
import type { MadePack, MakeProgress, PackMaker } from '../core/published.ts';
import { connectMaker, serveMaker, type MakerSettings } from './maker-boundary.ts';

const SETTINGS: MakerSettings = {
  publishedUrl: 'https://page.test/published/',
  hubUrls: ['https://hub.test'],
};
const MADE: MadePack = { packUrl: 'opfs://a-int8/', name: 'A (int8)', precision: 'int8', storedBytes: 5 };
const PROGRESS: MakeProgress = { stage: 'download', subject: 'lxmert', doneBytes: 1, totalBytes: 2 };
const PARAMS = { id: 'a', precision: 'int8', files: {} } as const;

const notUsed = (): Promise<never> => Promise.reject(new Error('not used'));

function fakeMaker(parts: Partial<PackMaker>): PackMaker {
  return { list: notUsed, shelf: notUsed, make: notUsed, remove: notUsed, discard: notUsed, ...parts };
}

interface Opened {
  readonly client: PackMaker;
  readonly settings: MakerSettings[];
  /** Workers that were started, and ended. */
  readonly lives: { started: number; ended: number };
  readonly crash: () => void;
}

function open(parts: Partial<PackMaker>): Opened {
  const settings: MakerSettings[] = [];
  const lives = { started: 0, ended: 0 };
  let worker = new MessageChannel().port1;
  const client = connectMaker(() => {
    lives.started += 1;
    const { port1, port2 } = new MessageChannel();
    serveMaker((given) => {
      settings.push(given);
      return Promise.resolve(fakeMaker(parts));
    }, port2);
    worker = port1;
    const terminate = () => {
      lives.ended += 1;
      port1.close();
      port2.close();
    };
    return Object.assign(port1, { terminate });
  }, SETTINGS);
  return { client, settings, lives, crash: () => void worker.dispatchEvent(new Event('error')) };
}

describe('the boundary to the maker of packs', () => {
  it('carries settings, progress and results, and lets the worker go', async () => {
    const seen: MakeProgress[] = [];
    const { client, settings, lives } = open({
      make(params, { onProgress }) {
        expect(params).toEqual(PARAMS);
        onProgress?.(PROGRESS);
        return Promise.resolve(MADE);
      },
    });
    expect(await client.make(PARAMS, { onProgress: (progress) => seen.push(progress) })).toEqual(MADE);
    expect(seen).toEqual([PROGRESS]);
    expect(settings).toEqual([SETTINGS]);
    expect(lives).toEqual({ started: 1, ended: 1 });
  });

  it('carries codes of failures', async () => {
    const { client } = open({
      shelf: () => Promise.reject(new VqaError('storage-full', 'There is no room.')),
    });
    await expect(client.shelf()).rejects.toMatchObject({
      code: 'storage-full',
      message: 'There is no room.',
    });
  });

  it('ends a cancelled call when its files are closed', async () => {
    const steps: string[] = [];
    const { client } = open({
      make: (_params, { signal }) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => {
            steps.push('closed');
            reject(new DOMException('stopped', 'AbortError'));
          });
        }),
    });
    const controller = new AbortController();
    const making = client.make(PARAMS, { signal: controller.signal });
    controller.abort();
    await expect(making).rejects.toMatchObject({ code: 'cancelled' });
    expect(steps).toEqual(['closed']);
  });

  it('answers questions while a pack is being made', async () => {
    const { client, lives } = open({
      list: () => Promise.resolve([]),
      make: (_params, { signal }) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(new DOMException('stopped', 'AbortError')));
        }),
    });
    const controller = new AbortController();
    const making = client.make(PARAMS, { signal: controller.signal });
    expect(await client.list()).toEqual([]);
    expect(lives).toEqual({ started: 1, ended: 0 });
    controller.abort();
    await expect(making).rejects.toThrow(VqaError);
  });

  it('rejects everything when the worker crashes, and starts another one', async () => {
    const { client, crash, lives } = open({
      make: () => new Promise(() => undefined),
      list: () => Promise.resolve([]),
    });
    const making = client.make(PARAMS, {});
    crash();
    await expect(making).rejects.toMatchObject({ code: 'worker-crashed' });
    expect(await client.list()).toEqual([]);
    expect(lives.started).toBe(2);
  });
});
