import { describe, expect, it, vi } from 'vitest';
import { createTasks } from '../tasks/create-tasks.ts';
import { createLab } from '../inquiry/create-lab.ts';
import { NO_EDITS } from '../inquiry/edits.ts';
import { restoreView } from './restore-view.ts';
import { startSession } from '../work/session-fixture.ts';
import { readViewState, viewStateOf, writeViewState, type ViewState } from './view-state.ts';

const FRESH: ViewState = {
  photo: { kind: 'sample', file: 'coffee.jpg' },
  question: '',
  tool: 'why',
  layer: null,
  picture: 'spotlight',
  inquiry: { method: null, answer: null, against: null, removal: 'mask' },
  attention: { module: 'textToRegion', layer: 'last', head: 'mean' },
  focus: { kind: 'none' },
  edits: NO_EDITS,
  task: 'ask',
  fields: new Map(),
  lesson: null,
};

const FULL: ViewState = {
  photo: { kind: 'web', url: 'https://example.org/a b.jpg?size=2&x=%20#top' },
  question: 'Is “it” 100 % red & round? 🐕',
  tool: 'edits',
  layer: 'photo',
  picture: 'outlines',
  inquiry: { method: 'shapley', answer: 'ice cream', against: 'a+b', removal: 'zero-feature' },
  attention: { module: 'regionSelf', layer: 4, head: 11 },
  focus: { kind: 'region', index: 35, locked: true },
  edits: {
    question: 'Is it, blue?',
    regions: [0, 2, { xmin: 0.125, ymin: 0, xmax: 1, ymax: 0.3333 }],
    hiddenRegions: [0, 2],
    hiddenTokens: [3],
    closedHeads: [
      { module: 'vision', layer: 0, head: 1 },
      { module: 'textToRegion', layer: 2, head: 0 },
    ],
    removal: 'zero-feature',
  },
  task: 'match',
  lesson: { id: 'regions', step: 1 },
  fields: new Map([['text', 'A dog & a cat = 100 %']]),
};

describe('the view in an address', () => {
  it.each<[string, ViewState]>([
    ['a fresh one', FRESH],
    ['a photo of their own', { ...FRESH, photo: { kind: 'own' }, question: 'What is it?' }],
    ['everything at once', FULL],
    ['a locked word', { ...FRESH, tool: 'attention', focus: { kind: 'token', index: 2, locked: true } }],
    [
      'a box drawn beside all others',
      {
        ...FRESH,
        edits: { ...NO_EDITS, regions: [0, 1, 2, 3, 5, { xmin: 0, ymin: 0, xmax: 0.5, ymax: 0.5 }, 4] },
      },
    ],
    ['a mean of heads', { ...FRESH, attention: { module: 'vision', layer: 0, head: 'mean' } }],
  ])('comes back as it went: %s', (_, view) => {
    const fragment = writeViewState(view);
    expect(readViewState(`#${fragment}`)).toEqual(view);
    // An address survives being parsed by a browser.
    expect(readViewState(new URL(`https://example.org/#${fragment}`).hash)).toEqual(view);
  });

  it('is short while nothing is changed', () => {
    expect(writeViewState(FRESH)).toBe('photo=sample%3Acoffee.jpg');
  });

  it('names neighbouring boxes as a run', () => {
    const edits = { ...NO_EDITS, regions: [0, 1, 2, 3, 5] };
    expect(writeViewState({ ...FRESH, edits })).toContain('boxes=0-3%2C5');
  });

  it('is nobody’s when it names no photo', () => {
    expect(readViewState('#workings')).toBeNull();
    expect(readViewState('#photo=javascript%3Aalert(1)')).toBeNull();
    expect(readViewState('')).toBeNull();
  });

  it('leaves out what cannot be read', () => {
    const fragment =
      'photo=own&show=nothing&by=magic&look=vision.x.-1&lock=region.&boxes=0,2_2_3_3,x&off=a.1&heads=vision.0&removed=?';
    expect(readViewState(fragment)).toEqual({
      ...FRESH,
      photo: { kind: 'own' },
      attention: { module: 'vision', layer: 'last', head: 'mean' },
      edits: { ...NO_EDITS, regions: [0], hiddenRegions: [1] },
    });
  });
});

describe('the view of a session', () => {
  it('follows what is on screen', async () => {
    const { engine, session } = startSession();
    const lab = createLab(engine, session);
    expect(viewStateOf(session.getState(), lab.getState())).toBeNull();
    await session.openPhoto(new Blob(['x']), 'coffee.jpg', 'sample');
    await session.ask('What color is it?');
    await lab.inquire({ method: 'rollout', against: 'two' });
    await lab.edit({ hiddenRegions: [1] });
    session.showAttention({ module: 'vision', head: 1 });
    session.focusOn({ kind: 'region', index: 1, locked: false });
    expect(viewStateOf(session.getState(), lab.getState())).toEqual({
      ...FRESH,
      question: 'What color is it?',
      inquiry: { method: 'rollout', answer: null, against: 'two', removal: 'mask' },
      attention: { module: 'vision', layer: 'last', head: 1 },
      edits: { ...NO_EDITS, hiddenRegions: [1] },
    });
  });

  it('comes back on another page with the same photo', async () => {
    const view: ViewState = {
      ...FULL,
      photo: { kind: 'sample', file: 'coffee.jpg' },
      layer: 'regions',
      attention: { module: 'vision', layer: 1, head: 0 },
      inquiry: { method: 'shapley', answer: 'two', against: 'brown', removal: 'zero-feature' },
      focus: { kind: 'region', index: 1, locked: true },
    };
    const { engine, session } = startSession();
    const lab = createLab(engine, session);
    const tasks = createTasks(engine, session);
    const restored = restoreView(session, lab, view, tasks);
    await session.openPhoto(new Blob(['x']), 'coffee.jpg', 'sample');
    await restored;
    await vi.waitFor(() => expect(lab.getState().outcome.status).toBe('done'));
    expect(viewStateOf(session.getState(), lab.getState(), tasks.getState())).toEqual(view);
  });

  it.each(['file', 'drop', 'paste', 'camera'] as const)('says nothing of a photo from %s', async (source) => {
    const { engine, session } = startSession();
    const lab = createLab(engine, session);
    await session.openPhoto(new Blob(['secret']), 'my-secret.jpg', source);
    await session.ask('What is it?');
    const view = viewStateOf(session.getState(), lab.getState());
    expect(view && writeViewState(view)).toBe('photo=own&ask=What+is+it%3F');
  });

  it('names a photo from the web by its address', async () => {
    const { engine, session } = startSession({
      fetchImage: () => Promise.resolve(new Response('x', { headers: { 'content-type': 'image/jpeg' } })),
    });
    const lab = createLab(engine, session);
    await session.openUrl('https://example.org/dog.jpg');
    expect(viewStateOf(session.getState(), lab.getState())?.photo).toEqual({
      kind: 'web',
      url: 'https://example.org/dog.jpg',
    });
  });
});
