import { describe, expect, it, vi } from 'vitest';
import { startSession } from '../work/session-fixture.ts';
import { createTasks } from './create-tasks.ts';
import { matchWork, sentencesOf } from './match.ts';
import { swapWords } from './swap-words.ts';

const DRAFT = { sentences: ['A dog', 'A cat'] };

function begin() {
  const fixture = startSession();
  return { ...fixture, work: matchWork(createTasks(fixture.engine, fixture.session)) };
}

describe('a task', () => {
  it('loads the models, waits for the photo and runs', async () => {
    const { open, work } = begin();
    await open();
    await work.run(DRAFT);
    expect(work.getState().work).toEqual({ status: 'idle' });
    expect(work.getState().shown?.result.ranked.map(({ text }) => text)).toEqual(['A dog', 'A cat']);
    expect(work.getState().history).toHaveLength(1);
  });

  it('says what is missing when there is no photo', async () => {
    const { work } = begin();
    await work.run(DRAFT);
    expect(work.getState().work).toMatchObject({ status: 'failed', error: { code: 'image-forgotten' } });
  });

  it('looks at a photo again that the engine has forgotten', async () => {
    const { open, work, engine } = begin();
    await open();
    await work.run(DRAFT);
    engine.loseModels();
    await engine.load({ packUrl: '', backend: 'wasm' });
    await work.run(DRAFT);
    expect(work.getState().work).toEqual({ status: 'idle' });
  });

  it('drops a result that comes after it was stopped', async () => {
    const { open, work, engine } = begin();
    await open();
    engine.hold('match');
    const run = work.run(DRAFT);
    await vi.waitFor(() => expect(engine.calls.at(-1)?.method).toBe('match'));
    work.stop();
    engine.release('match');
    await run;
    expect(work.getState()).toMatchObject({ shown: null, history: [], work: { status: 'idle' } });
  });

  it('keeps an answer whose evidence is left for another run, once', async () => {
    const { open, work, engine } = begin();
    await open();
    const asked = engine.calls.length;
    const match = engine.match.bind(engine);
    // The first question of the evidence, after both sentences, does not come back.
    engine.match = async (params, options) => {
      if (params.change) engine.hold('match');
      return await match(params, options);
    };
    const run = work.run(DRAFT);
    await vi.waitFor(() => expect(engine.calls.length - asked).toBe(3));
    expect(work.getState()).toMatchObject({
      work: { status: 'running' },
      shown: { id: 1, result: { evidence: null } },
      history: [{ id: 1 }],
    });
    engine.match = match;
    const next = work.run({ sentences: ['A tree'] });
    engine.release('match');
    await Promise.all([run, next]);
    expect(work.getState().history.map(({ id }) => id)).toEqual([2, 1]);
    expect(work.getState().history[1]?.result.ranked).toHaveLength(2);
  });

  it('brings an earlier run back with its photo', async () => {
    const { open, work, session } = begin();
    await open('one.jpg');
    await work.run(DRAFT);
    await open('two.jpg');
    await work.run({ sentences: ['A tree'] });
    work.recall(1);
    await vi.waitFor(() => expect(session.getState().photo.status).toBe('ready'));
    expect(session.getState().photo).toMatchObject({ photo: { name: 'one.jpg' } });
    expect(work.getState()).toMatchObject({ draft: DRAFT, shown: { id: 1 } });
  });

  it('comes back from an address as it was written', () => {
    const { definition } = begin().work;
    expect(definition.read(definition.write(DRAFT))).toEqual(DRAFT);
    expect(definition.write(definition.empty).size).toBe(0);
  });
});

it('reads one sentence a line, each once', () => {
  expect(sentencesOf(' A dog \n\nA cat\nA dog')).toEqual(['A dog', 'A cat']);
});

describe('swapped words', () => {
  const known = { objects: ['dog', 'cat', 'table', 'fire hydrant'], attributes: ['red', 'blue'] };

  it('puts others in the place of things and attributes, likely ones first', () => {
    expect(swapWords('A red dog.', known, ['table'])).toEqual(['A blue dog.', 'A red table.', 'A red cat.']);
  });

  it('lets two things change places', () => {
    expect(swapWords('a dog on a table', known, [])).toContain('a table on a dog');
  });

  it('finds nothing to swap among words that it does not know', () => {
    expect(swapWords('Something else', known, ['dog'])).toEqual([]);
  });
});
