import { describe, expect, it } from 'vitest';
import { VqaError } from '../../core/errors.ts';
import type { MadePack, PackMaker, PackShelf } from '../../core/published.ts';
import { createPackBench } from './create-pack-bench.ts';

const MADE: MadePack = { packUrl: 'opfs://a-int8/', name: 'A (int8)', precision: 'int8', storedBytes: 5 };
const EMPTY: PackShelf = { made: [], unfinished: null, freeBytes: null };
const PARAMS = { id: 'a', precision: 'int8', files: {} } as const;

function bench(parts: Partial<PackMaker> = {}) {
  const maker: PackMaker = {
    list: () => Promise.resolve([]),
    shelf: () => Promise.resolve(EMPTY),
    make: () => Promise.resolve(MADE),
    remove: () => Promise.resolve(),
    discard: () => Promise.resolve(),
    ...parts,
  };
  return createPackBench(maker, {
    hasKept: () => Promise.resolve(false),
    persist: () => Promise.resolve(),
  });
}

describe('the store of made packs', () => {
  it('shows progress, then the pack and what is kept', async () => {
    const progress = { stage: 'convert', subject: 'x', doneBytes: 1, totalBytes: 2 } as const;
    const shelf: PackShelf = { ...EMPTY, made: [MADE] };
    const { make, getState, subscribe } = bench({
      make(_params, { onProgress }) {
        onProgress?.(progress);
        return Promise.resolve(MADE);
      },
      shelf: () => Promise.resolve(shelf),
    });
    const seen: unknown[] = [];
    subscribe(() => seen.push(getState().making));
    await make(PARAMS);
    expect(seen.slice(0, 3)).toEqual([
      { status: 'running', progress: null },
      { status: 'running', progress },
      { status: 'done', result: MADE },
    ]);
    expect(getState().shelf).toBe(shelf);
  });

  it('makes one at a time', async () => {
    let calls = 0;
    const { make } = bench({
      make() {
        calls += 1;
        return Promise.resolve(MADE);
      },
    });
    await Promise.all([make(PARAMS), make(PARAMS)]);
    expect(calls).toBe(1);
  });

  it('says why it failed; a cancelled one did not', async () => {
    const full = bench({ make: () => Promise.reject(new VqaError('storage-full', 'No room.')) });
    await full.make(PARAMS);
    expect(full.getState().making).toMatchObject({ status: 'failed', error: { code: 'storage-full' } });

    const stopped = bench({
      make: (_params, { signal }) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(new VqaError('cancelled', 'Stopped.')));
        }),
    });
    const making = stopped.make(PARAMS);
    stopped.cancel();
    await making;
    expect(stopped.getState().making).toEqual({ status: 'idle' });
  });

  it('looks up what can be made once, and again after a failure', async () => {
    let calls = 0;
    const { open, getState } = bench({
      list() {
        calls += 1;
        return calls === 1 ? Promise.reject(new VqaError('pack-missing', 'Not there.')) : Promise.resolve([]);
      },
    });
    await open();
    expect(getState().published).toMatchObject({ status: 'failed', error: { code: 'pack-missing' } });
    await open();
    await open();
    expect(getState().published).toEqual({ status: 'done', result: [] });
    expect(calls).toBe(2);
  });

  it('starts nothing for a glance at an empty shelf', async () => {
    const { glance, inspect, getState } = bench();
    await glance();
    expect(getState().shelf).toBeNull();
    await inspect();
    expect(getState().shelf).toBe(EMPTY);
  });

  it('keeps the shelf in view when a deletion fails', async () => {
    const { inspect, remove, getState } = bench({
      remove: () => Promise.reject(new VqaError('storage-busy', 'Another tab.')),
    });
    await inspect();
    await remove(MADE.packUrl);
    expect(getState()).toMatchObject({ shelf: EMPTY, shelfError: { code: 'storage-busy' } });
  });
});
