import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createFakeEngine, type FakeEngine } from '../core/testing/engine-fake.ts';
import { VqaError } from '../core/errors.ts';
import type { EngineConnection } from '../worker/engine-boundary.ts';
import { createEnginePool, type ModelsWanted } from './share-engine.ts';

const WANTED: ModelsWanted = {
  packUrl: 'https://example.org/packs/tiny/',
  backend: 'wasm',
  workerUrl: 'https://example.org/embed/worker.js',
};
const { packUrl, backend } = WANTED;
const LINGER_MS = 5000;

function openPool() {
  const engines: FakeEngine[] = [];
  const ended: number[] = [];
  const pool = createEnginePool((): EngineConnection => {
    const number = engines.length;
    const engine = createFakeEngine();
    engines.push(engine);
    return { ...engine, disconnect: () => void ended.push(number) };
  }, LINGER_MS);
  const loads = (number = 0) => engines[number]?.calls.filter(({ method }) => method === 'load').length;
  return { pool, engines, ended, loads };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('elements that want the same models', () => {
  test('have one engine, one load and one report', async () => {
    const { pool, engines, loads } = openPool();
    const leases = Array.from({ length: 10 }, () => pool.lease({ ...WANTED }));
    const reports = await Promise.all(leases.map((lease) => lease.load({ packUrl, backend })));
    expect(engines).toHaveLength(1);
    expect(loads()).toBe(1);
    expect(new Set(reports).size).toBe(1);
  });

  test('all see the progress, also those that come later', async () => {
    const { pool, engines } = openPool();
    const lease = pool.lease(WANTED);
    engines[0]?.hold('load');
    const seen: string[] = [];
    const first = lease.load(
      { packUrl, backend },
      { onProgress: ({ stage }) => seen.push(`first ${stage}`) },
    );
    const second = pool
      .lease(WANTED)
      .load({ packUrl, backend }, { onProgress: ({ stage }) => seen.push(`second ${stage}`) });
    engines[0]?.release('load');
    await Promise.all([first, second]);
    expect(seen).toEqual(['first download', 'second download', 'first open', 'second open']);
  });

  test('one that stops waiting stops nobody else', async () => {
    const { pool, engines, loads } = openPool();
    engines[0]?.hold('load');
    const [one, other] = [pool.lease(WANTED), pool.lease(WANTED)];
    engines[0]?.hold('load');
    const controller = new AbortController();
    const stopped = one.load({ packUrl, backend }, { signal: controller.signal });
    const waiting = other.load({ packUrl, backend });
    controller.abort();
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
    engines[0]?.release('load');
    await expect(waiting).resolves.toMatchObject({ backend: { backend: 'wasm' } });
    expect(loads()).toBe(1);
  });

  test('after a crash the first to load again loads for all', async () => {
    const { pool, loads } = openPool();
    const [one, other] = [pool.lease(WANTED), pool.lease(WANTED)];
    await Promise.all([one.load({ packUrl, backend }), other.load({ packUrl, backend })]);
    await Promise.all([one.load({ packUrl, backend }), other.load({ packUrl, backend })]);
    expect(loads()).toBe(2);
  });

  test('a load that failed is tried again', async () => {
    const { pool, engines, loads } = openPool();
    const lease = pool.lease(WANTED);
    engines[0]?.failNext('load', new VqaError('pack-missing', 'There is none.'));
    await expect(lease.load({ packUrl, backend })).rejects.toMatchObject({ code: 'pack-missing' });
    await expect(pool.lease(WANTED).load({ packUrl, backend })).resolves.toBeDefined();
    expect(loads()).toBe(2);
  });
});

test('other packs and backends have engines of their own', () => {
  const { pool, engines } = openPool();
  pool.lease(WANTED);
  pool.lease({ ...WANTED, backend: 'auto' });
  pool.lease({ ...WANTED, packUrl: 'https://example.org/packs/other/' });
  expect(engines).toHaveLength(3);
});

test('an element that goes gives back its photos, the last one the worker', async () => {
  const { pool, engines, ended } = openPool();
  const [one, other] = [pool.lease(WANTED), pool.lease(WANTED)];
  await Promise.all([one.load({ packUrl, backend }), other.load({ packUrl, backend })]);
  await one.detect({ imageId: 'a', image: new Blob() });
  await other.detect({ imageId: 'b', image: new Blob() });
  one.release();
  await vi.advanceTimersByTimeAsync(0);
  expect([...(engines[0]?.encoded.keys() ?? [])]).toEqual(['b']);
  other.release();
  vi.advanceTimersByTime(LINGER_MS);
  expect(ended).toEqual([0]);
});

test('a worker outlives a page that replaces its elements', async () => {
  const { pool, ended, loads } = openPool();
  const one = pool.lease(WANTED);
  await one.load({ packUrl, backend });
  one.release();
  vi.advanceTimersByTime(LINGER_MS - 1);
  const next = pool.lease(WANTED);
  vi.advanceTimersByTime(LINGER_MS);
  await next.load({ packUrl, backend });
  expect(ended).toEqual([]);
  expect(loads()).toBe(1);
});

test('a worker that never said a word was not allowed to start', async () => {
  const crash = new VqaError('worker-crashed', 'The worker has stopped.');
  const pool = createEnginePool(() => ({
    ...createFakeEngine(),
    load: () => Promise.reject(crash),
    disconnect: () => undefined,
  }));
  const load = pool.lease(WANTED).load({ packUrl, backend });
  await expect(load).rejects.toMatchObject({ code: 'worker-blocked', cause: crash });
});
