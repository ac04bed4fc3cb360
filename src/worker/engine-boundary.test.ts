import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeEngine, type FakeEngine } from '../core/testing/engine-fake.ts';
import type { LoadProgress } from '../core/engine.ts';
import { VqaError } from '../core/errors.ts';
import type { Prediction } from '../core/types.ts';
import { connectEngine, serveEngine, type EngineClient } from './engine-boundary.ts';

const PACK = { packUrl: 'https://example.org/packs/fake/', backend: 'wasm' } as const;
const image = new Blob(['photo']);

let engine: FakeEngine;
let client: EngineClient;
let workers: MessagePort[];

/** A “worker” is a served engine at the other end of a real channel; each one starts without models. */
beforeEach(() => {
  engine = createFakeEngine();
  workers = [];
  client = connectEngine(() => {
    const { port1, port2 } = new MessageChannel();
    engine.loseModels();
    serveEngine(engine, port2);
    workers.push(port2);
    return port1;
  });
});

afterEach(() => client.disconnect());

const begun = () => engine.calls.map(({ method }) => method);
const untilBegun = (count: number) => vi.waitFor(() => expect(engine.calls).toHaveLength(count));

describe('calls', () => {
  it('bring back what the engine answers, with its progress', async () => {
    const progress: LoadProgress[] = [];
    const report = await client.load(PACK, { onProgress: (step) => progress.push(step) });
    expect(report.backend.backend).toBe('wasm');
    expect(progress.map(({ stage }) => stage)).toEqual(['download', 'open']);

    const scene = await client.detect({ imageId: 'a', image });
    expect(scene.regions.map(({ label }) => label)).toEqual(['dog', 'frisbee', 'tree']);
    const prediction = await client.ask({ imageId: 'a', question: 'What color is the dog?' });
    expect(prediction.answers[0]?.answer).toBe('brown');
    expect(prediction.attention.textToRegion.dims).toEqual([2, 2, 7, 3]);
  });

  it('hand over the very bytes of a photo', async () => {
    await client.load(PACK);
    await client.detect({ imageId: 'a', image });
    expect(await engine.encoded.get('a')?.text()).toBe('photo');
  });

  it('run one at a time, in order', async () => {
    engine.hold('load');
    const loading = client.load(PACK);
    const detecting = client.detect({ imageId: 'a', image });
    const asking = client.ask({ imageId: 'a', question: 'Where?' });
    await untilBegun(1);
    engine.release('load');
    await Promise.all([loading, detecting, asking]);
    expect(begun()).toEqual(['load', 'detect', 'ask']);
  });

  it('do not suffer from the failure of those before them', async () => {
    await client.load(PACK);
    engine.failNext('detect', new TypeError('no kernel for Conv'));
    const [failed, passed] = await Promise.allSettled([
      client.detect({ imageId: 'a', image }),
      client.detect({ imageId: 'b', image }),
    ]);
    expect(failed).toMatchObject({ reason: { code: 'inference-failed', details: 'no kernel for Conv' } });
    expect(passed.status).toBe('fulfilled');
  });

  it('reject with the code, the message and the remedy of the engine', async () => {
    const error = new VqaError('pack-corrupted', 'roi-head.onnx is damaged.');
    engine.failNext('load', error);
    const caught: unknown = await client.load(PACK).catch((thrown: unknown) => thrown);
    expect(caught).toBeInstanceOf(VqaError);
    expect(caught).toMatchObject(error.toReport());
  });

  it('move the buffers of a result instead of copying them', async () => {
    const original = createFakeEngine();
    let sent: Prediction | null = null;
    const { port1, port2 } = new MessageChannel();
    serveEngine(
      {
        ...original,
        async ask(params, options) {
          sent = await original.ask(params, options);
          return sent;
        },
      },
      port2,
    );
    const direct = connectEngine(() => port1);
    await direct.load(PACK);
    await direct.detect({ imageId: 'a', image });
    const received = await direct.ask({ imageId: 'a', question: 'Where?' });
    expect(sent).toHaveProperty('attention.textToRegion.data.byteLength', 0);
    expect(received.attention.textToRegion.data).toHaveLength(2 * 2 * 3 * 3);
    direct.disconnect();
  });
});

describe('cancelling', () => {
  it('before the call asks nothing of the worker', async () => {
    const aborted = client.load(PACK, { signal: AbortSignal.abort() });
    await expect(aborted).rejects.toMatchObject({ code: 'cancelled' });
    expect(workers).toHaveLength(0);
  });

  it('while queued keeps the call from running at all', async () => {
    engine.hold('load');
    const loading = client.load(PACK);
    const controller = new AbortController();
    const queued = client.detect({ imageId: 'a', image }, { signal: controller.signal });
    controller.abort();
    await expect(queued).rejects.toMatchObject({ code: 'cancelled' });
    await untilBegun(1);
    engine.release('load');
    await loading;
    await client.detect({ imageId: 'b', image });
    expect([...engine.encoded.keys()]).toEqual(['b']);
  });

  it('while running rejects at once, stops the engine and frees the queue', async () => {
    await client.load(PACK);
    engine.hold('detect');
    const controller = new AbortController();
    const running = client.detect({ imageId: 'a', image }, { signal: controller.signal });
    await untilBegun(2);
    controller.abort();
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    await vi.waitFor(() => expect(engine.calls[1]?.signal?.aborted).toBe(true));
    await expect(client.tokenize({ question: 'Where?' })).resolves.toMatchObject({ maxTokens: 8 });
    engine.release('detect');
    await expect(client.detect({ imageId: 'b', image })).resolves.toMatchObject({ imageId: 'b' });
  });

  it('after the result changes nothing', async () => {
    const controller = new AbortController();
    await client.load(PACK, { signal: controller.signal });
    controller.abort();
    await expect(client.tokenize({ question: 'Where?' })).resolves.toBeDefined();
  });
});

describe('a crash', () => {
  it('rejects everything unfinished; models loaded again get a fresh worker', async () => {
    await client.load(PACK);
    engine.hold('detect');
    const unfinished = [client.detect({ imageId: 'a', image }), client.tokenize({ question: 'Where?' })];
    await untilBegun(2);
    workers[0]?.close();
    for (const call of unfinished) await expect(call).rejects.toMatchObject({ code: 'worker-crashed' });

    engine.release('detect');
    await expect(client.tokenize({ question: 'Where?' })).rejects.toMatchObject({ code: 'worker-crashed' });
    await client.load(PACK);
    await expect(client.detect({ imageId: 'a', image })).resolves.toMatchObject({ imageId: 'a' });
    expect(workers).toHaveLength(2);
  });

  it('of an idle worker is the answer to every call that needs models, until they are loaded again', async () => {
    await client.load(PACK);
    const closed = new Promise((resolve) => workers[0]?.addEventListener('close', resolve));
    workers[0]?.close();
    await closed;
    await vi.waitFor(() =>
      expect(client.tokenize({ question: '' })).rejects.toMatchObject({ code: 'worker-crashed' }),
    );
    await expect(client.tokenize({ question: 'Where?' })).rejects.toMatchObject({ code: 'worker-crashed' });
    await expect(client.detect({ imageId: 'a', image })).rejects.toMatchObject({ code: 'worker-crashed' });
    await expect(client.inspectCache()).resolves.toBeDefined();
    await expect(client.load(PACK)).resolves.toBeDefined();
    await expect(client.tokenize({ question: 'Where?' })).resolves.toBeDefined();
  });

  it('of the runtime inside the worker ends the worker', async () => {
    await client.load(PACK);
    engine.failNext('detect', new WebAssembly.RuntimeError('memory access out of bounds'));
    const detecting = client.detect({ imageId: 'a', image });
    const behind = client.tokenize({ question: 'Where?' });
    await expect(detecting).rejects.toMatchObject({
      code: 'worker-crashed',
      details: 'memory access out of bounds',
    });
    await expect(behind).rejects.toMatchObject({ code: 'worker-crashed' });
    await client.load(PACK);
    expect(workers).toHaveLength(2);
  });

  it('keeps what the worker said last for whoever looks into it, and out of the sentence', async () => {
    const { port1, port2 } = new MessageChannel();
    const released = new Promise((resolve) => port2.addEventListener('close', resolve));
    port2.start();
    const crashing = connectEngine(() => port1);
    const call = crashing.load(PACK);
    port1.dispatchEvent(Object.assign(new Event('error'), { message: 'out of memory' }));
    await expect(call).rejects.toMatchObject({
      code: 'worker-crashed',
      message: 'The worker that runs the models has stopped.',
      details: 'out of memory',
    });
    await released;
  });
});

describe('a worker that says nothing', () => {
  const silenceMs = 40;
  let heard: boolean[];

  beforeEach(() => {
    heard = [];
    client = connectEngine(() => {
      const { port1, port2 } = new MessageChannel();
      engine.loseModels();
      serveEngine(engine, port2);
      workers.push(port2);
      return port1;
    }, silenceMs);
    client.onSilence((isSilent) => heard.push(isSilent));
  });

  it('is noticed while it owes an answer, and heard again', async () => {
    await client.load(PACK);
    await new Promise((resolve) => setTimeout(resolve, 2 * silenceMs));
    expect(heard).toEqual([]);
    engine.hold('detect');
    const detecting = client.detect({ imageId: 'a', image });
    await vi.waitFor(() => expect(heard).toEqual([true]));
    engine.release('detect');
    await detecting;
    expect(heard).toEqual([true, false]);
  });

  it('can be stopped: what is unfinished is told so, and models loaded again get a fresh worker', async () => {
    await client.load(PACK);
    engine.hold('detect');
    const detecting = client.detect({ imageId: 'a', image });
    await vi.waitFor(() => expect(heard).toEqual([true]));
    client.stop();
    await expect(detecting).rejects.toMatchObject({ code: 'worker-crashed' });
    expect(heard).toEqual([true, false]);
    await expect(client.ask({ imageId: 'a', question: 'Where?' })).rejects.toThrow('You stopped');
    await client.load(PACK);
    expect(workers).toHaveLength(2);
  });

  it('is let go when models are loaded in its place', async () => {
    await client.load(PACK);
    engine.hold('detect');
    const detecting = client.detect({ imageId: 'a', image });
    await vi.waitFor(() => expect(heard).toEqual([true]));
    const loading = client.load(PACK);
    await expect(detecting).rejects.toMatchObject({ code: 'worker-crashed' });
    await loading;
    expect(workers).toHaveLength(2);
  });
});

it('refuses what is no method of an engine', async () => {
  const { port1, port2 } = new MessageChannel();
  serveEngine(engine, port2);
  const answer = new Promise((resolve) => port1.addEventListener('message', ({ data }) => resolve(data)));
  port1.start();
  port1.postMessage({ type: 'call', id: 1, method: 'constructor', params: undefined, context: undefined });
  expect(await answer).toMatchObject({ type: 'failure', id: 1 });
  port1.close();
});
