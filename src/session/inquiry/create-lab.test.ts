import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeEngine } from '../../core/testing/engine-fake.ts';
import { VqaError } from '../../core/errors.ts';
import { createLab } from './create-lab.ts';
import type { Lab } from './lab-state.ts';
import { selectDone, selectMeter } from './select-explanation.ts';
import { startSession, type SessionFixture } from '../work/session-fixture.ts';

let fixture: SessionFixture;
let lab: Lab;

beforeEach(async () => {
  fixture = startSession();
  lab = createLab(fixture.engine, fixture.session);
  await fixture.open();
});

const explained = () => selectDone(lab.getState()).map(({ method, answer }) => `${method} ${answer}`);
const calls = (method: string) => fixture.engine.calls.filter((call) => call.method === method);

describe('explanations', () => {
  it('begin with the default method on the best answer, unasked', async () => {
    await fixture.session.ask('What color is the dog?');
    expect(explained()).toEqual(['relevance brown']);
  });

  it('run once each', async () => {
    await fixture.session.ask('What color is the dog?');
    await lab.inquire({ method: 'leave-one-out' });
    await lab.inquire({ method: 'relevance' });
    await lab.inquire({ method: 'leave-one-out', against: 'two' });
    expect(calls('explain').map(({ params }) => params)).toMatchObject([
      { method: 'relevance', answer: 'brown' },
      { method: 'leave-one-out', answer: 'brown' },
      { method: 'leave-one-out', answer: 'brown', against: 'two' },
    ]);
  });

  it('keep the method and drop the answer when another question comes', async () => {
    await fixture.session.ask('What color is the dog?');
    await lab.inquire({ method: 'rollout', answer: 'two' });
    await fixture.session.ask('How many dogs are there?');
    expect(lab.getState().inquiry).toMatchObject({ method: 'rollout', answer: null });
    expect(explained()).toEqual(['rollout brown']);
  });

  it('that were replaced while they ran say no more', async () => {
    await fixture.session.ask('What color is the dog?');
    fixture.engine.hold('explain');
    const slow = lab.inquire({ method: 'shapley' });
    fixture.engine.release('explain');
    await Promise.all([slow, lab.inquire({ method: 'rollout' })]);
    expect(explained()).toEqual(['relevance brown', 'rollout brown']);
  });

  it('bring gradients without giving way on screen', async () => {
    await fixture.session.ask('What color is the dog?');
    await lab.inquire({ method: 'rollout', answer: 'two' });
    await lab.workOutGradients();
    expect(explained()).toEqual(['relevance brown', 'rollout two', 'relevance two']);
    expect(calls('explain').at(-1)?.params).toMatchObject({ method: 'relevance', answer: 'two' });
    expect(lab.getState().inquiry).toMatchObject({ method: 'rollout', answer: 'two' });
  });

  it('run again when the photo is back after a failure', async () => {
    fixture.engine.failNext('explain', new VqaError('worker-crashed', 'The worker has stopped.'));
    await fixture.session.ask('What color is the dog?');
    expect(explained()).toEqual([]);
    await fixture.session.chooseBackend('webgpu');
    await Promise.resolve();
    expect(explained()).toEqual(['relevance brown']);
  });
});

describe('a recorded answer', () => {
  const photo = new Blob(['photo'], { type: 'image/jpeg' });

  it('is explained by what was recorded, and then by the models', async () => {
    const standIn = createFakeEngine();
    await standIn.load({ packUrl: '', backend: 'wasm' });
    fixture = startSession();
    lab = createLab(fixture.engine, fixture.session);
    await fixture.session.openRecorded(photo, 'park.jpg', standIn, 'What color is the dog?');
    await vi.waitFor(() => expect(explained()).toEqual(['relevance brown']));
    expect(calls('explain')).toEqual([]);
    lab.showLayer('photo');
    await fixture.session.load();
    await vi.waitFor(() => expect(calls('explain')).toHaveLength(1));
    expect(lab.getState()).toMatchObject({ recorded: null, layer: 'photo' });
  });
});

it('measures the answer that is explained, and forgets it with the answer', async () => {
  await fixture.session.ask('What color is the dog?');
  await lab.inquire({ answer: 'two' });
  await lab.measure();
  lab.chooseScope('words');
  expect(selectMeter(lab.getState())).toEqual({ status: 'idle' });
  await lab.measure();
  expect(selectMeter(lab.getState())).toMatchObject({
    status: 'done',
    result: { answer: 'two', scope: 'words' },
  });
  lab.chooseScope('regions');
  expect(selectMeter(lab.getState())).toMatchObject({ status: 'done', result: { scope: 'regions' } });
  await lab.inquire({ answer: 'brown' });
  expect(selectMeter(lab.getState())).toEqual({ status: 'idle' });
});

describe('looking or guessing', () => {
  it('asks blind, with shuffled boxes and on another photo, which is forgotten again', async () => {
    await fixture.session.ask('What color is the dog?');
    await lab.lookOrGuess(() => Promise.resolve(new Blob(['other'])));
    expect(lab.getState().looking).toMatchObject({
      status: 'done',
      result: { answer: 'brown', score: 0.63, otherPhoto: { score: 0.63 } },
    });
    expect(calls('ask').map(({ params }) => params)).toMatchObject([
      {},
      { change: { hiddenRegions: [0, 1, 2] }, follow: ['brown'] },
      { change: { shuffledBoxes: 1 } },
      { imageId: 'photo-1-exchanged' },
    ]);
    expect([...fixture.engine.encoded.keys()]).toEqual(['photo-1']);
  });

  it('does without another photo', async () => {
    await fixture.session.ask('What color is the dog?');
    await lab.lookOrGuess(() => Promise.resolve(null));
    expect(lab.getState().looking).toMatchObject({ status: 'done', result: { otherPhoto: null } });
  });

  it('says what went wrong', async () => {
    await fixture.session.ask('What color is the dog?');
    fixture.engine.failNext('ask', new VqaError('inference-failed', 'The graph has stopped.'));
    await lab.lookOrGuess(() => Promise.resolve(null));
    expect(lab.getState().looking).toMatchObject({ status: 'failed', error: { code: 'inference-failed' } });
  });
});

describe('surgery', () => {
  beforeEach(() => fixture.session.ask('What color is the dog?'));

  it('asks the changed run, and undoes step by step', async () => {
    await lab.edit({ hiddenRegions: [0] });
    await lab.edit({ hiddenTokens: [2] });
    expect(calls('ask').at(-1)?.params).toMatchObject({
      imageId: 'photo-1',
      change: { hiddenRegions: [0], hiddenTokens: [2], removal: 'mask' },
      follow: ['brown'],
    });
    await lab.undo();
    expect(lab.getState()).toMatchObject({
      edits: { hiddenRegions: [0], hiddenTokens: [] },
      outcome: { status: 'done', result: { edits: { hiddenRegions: [0] } } },
    });
    await lab.undo();
    expect(lab.getState().outcome).toEqual({ status: 'idle' });
  });

  it('looks at edited boxes once, under a name of their own', async () => {
    await lab.edit({ regions: [0, { xmin: 0, ymin: 0, xmax: 0.5, ymax: 0.25 }] });
    await lab.edit({ hiddenRegions: [1] });
    expect(calls('editRegions').map(({ params }) => params)).toMatchObject([
      { imageId: 'photo-1', editedId: 'photo-1-edited-1' },
    ]);
    expect(calls('ask').at(-1)?.params).toMatchObject({ imageId: 'photo-1-edited-1' });
    expect(lab.getState().outcome).toMatchObject({
      status: 'done',
      result: { scene: { regions: [{}, {}] } },
    });
  });

  it('goes before an explanation that still runs, which begins again', async () => {
    fixture.engine.hold('explain');
    const slow = lab.inquire({ method: 'shapley' });
    const edited = lab.edit({ hiddenRegions: [0] });
    await vi.waitFor(() => expect(calls('explain')).toHaveLength(3));
    expect(lab.getState().outcome.status).toBe('done');
    expect(
      calls('explain')
        .slice(1)
        .map(({ signal }) => signal?.aborted),
    ).toEqual([true, false]);
    fixture.engine.release('explain');
    await Promise.all([slow, edited]);
    expect(explained()).toEqual(['relevance brown', 'shapley brown']);
  });

  it('keeps the bars before while the next answer is on its way', async () => {
    await lab.edit({ hiddenRegions: [0] });
    fixture.engine.hold('ask');
    const next = lab.edit({ hiddenRegions: [0, 1] });
    expect(lab.getState().outcome).toMatchObject({
      status: 'running',
      progress: { edits: { hiddenRegions: [0] } },
    });
    fixture.engine.release('ask');
    await next;
    expect(lab.getState().outcome.status).toBe('done');
  });

  it('finds the smallest change that flips the answer, and applies it', async () => {
    await lab.findFlip(['region', 'token']);
    const { flip } = lab.getState();
    expect(flip).toMatchObject({ status: 'done', result: { to: { answer: 'two' } } });
    if (flip.status === 'done') await lab.applyFlip(flip.result.change);
    expect(lab.getState().edits).toMatchObject({ hiddenRegions: [0, 1], regions: null });
    await lab.restore();
    expect(lab.getState().outcome).toEqual({ status: 'idle' });
  });

  it('is over when another question is asked, and the engine may drop the edited photo', async () => {
    await lab.edit({ regions: [1, 2] });
    await fixture.session.ask('How many dogs are there?');
    expect(lab.getState()).toMatchObject({ edits: { regions: null }, past: [], outcome: { status: 'idle' } });
    expect([...fixture.engine.encoded.keys()]).toEqual(['photo-1']);
  });
});
