// @vitest-environment node
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createFakeEngine, type FakeEngine } from './core/testing/engine-fake.ts';
import { loadVqa, probe, VqaError, type LoadProgress } from './index.ts';
import { serveEngine } from './worker/engine-boundary.ts';

let engine: FakeEngine;
let terminated: number;

/** A worker without a thread: the same messages through the same kind of port. */
function openPort() {
  const { port1, port2 } = new MessageChannel();
  serveEngine(engine, port2);
  const terminate = () => {
    terminated += 1;
    port1.close();
  };
  return Object.assign(port1, { terminate });
}

beforeEach(() => {
  engine = createFakeEngine();
  terminated = 0;
  vi.stubGlobal('Worker', openPort);
  vi.stubGlobal('document', { baseURI: 'https://example.org/shop/page.html' });
});

afterEach(() => vi.unstubAllGlobals());

it('answers questions about a photo', async () => {
  const progress: LoadProgress[] = [];
  const vqa = await loadVqa({ pack: 'packs/fake', onProgress: (step) => progress.push(step) });
  expect(engine.calls[0]?.params).toEqual({
    packUrl: 'https://example.org/shop/packs/fake/',
    backend: 'auto',
  });
  expect(progress.map(({ stage }) => stage)).toEqual(['download', 'open']);

  const photo = await vqa.detect(new Blob(['photo']));
  expect(photo.regions[0]?.label).toBe('dog');
  const { answers } = await photo.ask('What color is the dog?');
  expect(answers[0]?.answer).toBe('brown');

  await photo.forget();
  await expect(photo.ask('Where?')).rejects.toMatchObject({ code: 'image-forgotten' });
  vqa.close();
  expect(terminated).toBe(1);
});

it('judges sentences about one photo and two, and fills them in', async () => {
  const vqa = await loadVqa({ pack: '/packs/fake/' });
  const photo = await vqa.detect(new Blob(['a']));
  const other = await vqa.detect(new Blob(['b']));
  expect((await photo.match('a dog on the grass')).score).toBe(0.75);
  expect((await vqa.compare(photo, other, 'both have a dog')).score).toBe(0.25);
  expect(engine.calls.at(-1)?.params).toEqual({ left: '1', right: '2', statement: 'both have a dog' });
  expect((await photo.guessRegions([1])).guesses).toMatchObject([{ region: 1 }]);
  const { masks } = await photo.fillIn('a [MASK] on the grass');
  expect(masks[0]?.words[0]?.word).toBe('dog');
  await other.forget();
  await expect(vqa.compare(photo, other, 'both')).rejects.toMatchObject({ code: 'image-forgotten' });
  vqa.close();
});

it('keeps photos apart', async () => {
  const vqa = await loadVqa({ pack: '/packs/fake/' });
  const [first, second] = await Promise.all([vqa.detect(new Blob(['a'])), vqa.detect(new Blob(['b']))]);
  expect((await first.ask('Where?')).imageId).not.toBe((await second.ask('Where?')).imageId);
  vqa.close();
});

it('leaves no worker behind when the pack cannot be loaded', async () => {
  engine.failNext('load', new VqaError('pack-missing', 'pack.json: status 404.'));
  await expect(loadVqa({ pack: '/packs/none/' })).rejects.toMatchObject({ code: 'pack-missing' });
  expect(terminated).toBe(1);
});

it('rejects what is unfinished when it is closed', async () => {
  const vqa = await loadVqa({ pack: '/packs/fake/' });
  engine.hold('detect');
  const detecting = vqa.detect(new Blob(['photo']));
  vqa.close();
  await expect(detecting).rejects.toMatchObject({ code: 'cancelled' });
});

it('explains by the pack’s most faithful method unless told otherwise', async () => {
  const vqa = await loadVqa({ pack: '/packs/fake/' });
  const photo = await vqa.detect(new Blob(['photo']));
  expect(await photo.explain('Where?')).toMatchObject({
    method: 'relevance',
    answer: 'brown',
    against: null,
  });
  const contrast = await photo.explain('Where?', { method: 'shapley', answer: 'two', against: 'brown' });
  expect(contrast).toMatchObject({ method: 'shapley', answer: 'two', against: 'brown' });
  const { scores, values } = await photo.inspectHeads('Where?', { answer: 'two' });
  expect([scores.textToRegion.dims, values.textToRegion.dims]).toEqual([
    [2, 2, 3, 3],
    [2, 2, 3, 4],
  ]);
  expect((await photo.findFlip('Where?', { maxSteps: 2 })).steps.length).toBeGreaterThan(0);
  expect((await photo.measureFaithfulness('Where?')).curves.length).toBeGreaterThan(0);
  const edited = await photo.withRegions([0, { xmin: 0, ymin: 0, xmax: 0.5, ymax: 0.25 }]);
  expect(edited.imageId).not.toBe(photo.imageId);
  expect((await edited.ask('Where?')).imageId).toBe(edited.imageId);
  vqa.close();
});

it('looks for the models below the page unless told otherwise', async () => {
  const vqa = await loadVqa();
  expect(engine.calls[0]?.params).toMatchObject({
    packUrl: 'https://example.org/shop/packs/everyday/',
  });
  vqa.close();
});

it('cancels a call and keeps the models', async () => {
  const vqa = await loadVqa();
  const photo = await vqa.detect(new Blob(['photo']));
  engine.hold('ask');
  const leaving = new AbortController();
  const asking = photo.ask('Where?', { signal: leaving.signal });
  leaving.abort();
  await expect(asking).rejects.toMatchObject({ code: 'cancelled' });
  engine.release('ask');
  expect((await photo.ask('Who?')).question).toBe('Who?');
  vqa.close();
});

it('probes a pack and leaves no worker behind', async () => {
  const report = await probe({ backend: 'wasm' });
  expect(report).toMatchObject({
    backend: 'wasm',
    threads: 1,
    selfTest: { passed: true, error: 0, tolerance: 1e-3 },
    memory: { packBytes: 0, usedBytes: null },
    storage: 'stored',
  });
  expect(report.expected.detectMs).toBeGreaterThanOrEqual(0);
  expect(report.expected.askMs).toBeGreaterThanOrEqual(0);
  expect(engine.encoded.size).toBe(0);
  expect(terminated).toBe(1);
});
