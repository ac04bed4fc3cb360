import { expect, it, vi } from 'vitest';
import type { EvaluatedQuestion } from '../../core/evaluation/run-evaluation.ts';
import { startSession } from '../work/session-fixture.ts';
import { createEvaluation, csvOf, passes } from './create-evaluation.ts';

const TABLE = new File(
  ['photo,question,answer,kind\na.jpg,What color?,brown,colour\nb.jpg,How many?,two,count\nc.jpg,Who?,,\n'],
  'table.csv',
);
const photo = (name: string) => new File(['x'], name, { type: 'image/jpeg' });

function begin() {
  const { engine, session } = startSession();
  return { engine, evaluation: createEvaluation(engine, session) };
}

it('answers every question of the table, keeps no photo, and says what is missing', async () => {
  const { engine, evaluation } = begin();
  await evaluation.give([photo('a.jpg'), TABLE, photo('b.jpg')]);
  expect(evaluation.getState().missing).toEqual([
    'One question comes without an answer and is not scored.',
    'One photo of the table is not here: c.jpg.',
  ]);
  await evaluation.run();
  const { status, answers, answered } = evaluation.getState();
  expect({ status, answered }).toEqual({ status: 'done', answered: 3 });
  expect(answers.map((answer) => answer?.correct)).toEqual([true, false, false]);
  expect(answers[2]?.error).toBe('the photo is not among the files');
  expect(engine.encoded.size).toBe(0);
});

it('pauses, goes on and stops', async () => {
  const { engine, evaluation } = begin();
  await evaluation.give([TABLE, photo('a.jpg'), photo('b.jpg'), photo('c.jpg')]);
  engine.hold('ask');
  const run = evaluation.run();
  await vi.waitFor(() => expect(engine.calls.at(-1)?.method).toBe('ask'));
  evaluation.pause();
  engine.release('ask');
  await vi.waitFor(() => expect(evaluation.getState().answered).toBe(1));
  expect(engine.calls.filter(({ method }) => method === 'ask')).toHaveLength(1);
  evaluation.resume();
  await vi.waitFor(() => expect(evaluation.getState().answered).toBeGreaterThan(1));
  await run;
  expect(evaluation.getState().status).toBe('done');

  engine.hold('ask');
  const again = evaluation.run();
  await vi.waitFor(() => expect(engine.calls.at(-1)?.method).toBe('ask'));
  evaluation.stop();
  engine.release('ask');
  await again;
  expect(evaluation.getState()).toMatchObject({ status: 'stopped', answered: 0 });
});

it('keeps the table before a file that is none', async () => {
  const { evaluation } = begin();
  await evaluation.give([TABLE]);
  await evaluation.give([new File(['{'], 'broken.json')]);
  expect(evaluation.getState().questions).toHaveLength(3);
  expect(evaluation.getState().missing[0]).toBe('broken.json is no table of questions: it is not JSON.');
});

it('takes no photo for another one of the same name', async () => {
  const { evaluation } = begin();
  const table = 'photo,question\na/1.jpg,Who?\nb/1.jpg,Who?\nc/2.jpg,Who?\n';
  await evaluation.give([new File([table], 'table.csv'), photo('1.jpg'), photo('2.jpg')]);
  expect(['a/1.jpg', 'b/1.jpg'].map(evaluation.photoOf)).toEqual([null, null]);
  expect(evaluation.photoOf('c/2.jpg')).not.toBeNull();
  expect(evaluation.getState().missing.slice(1)).toEqual([
    '2 photos of the table are not here: a/1.jpg, b/1.jpg.',
    'Photos in several folders are called 1.jpg: give each a name of its own.',
  ]);
});

it('a table in the place of one that is being answered begins anew', async () => {
  const { engine, evaluation } = begin();
  await evaluation.give([TABLE, photo('a.jpg')]);
  engine.hold('ask');
  const run = evaluation.run();
  await vi.waitFor(() => expect(engine.calls.at(-1)?.method).toBe('ask'));
  await evaluation.give([TABLE]);
  engine.release('ask');
  await run;
  expect(evaluation.getState()).toMatchObject({ status: 'idle', answered: 0 });
});

const answer = (change: Partial<EvaluatedQuestion>): EvaluatedQuestion => ({
  photo: 'a.jpg',
  question: 'What?',
  accepted: ['dog'],
  kind: null,
  predicted: 'dog',
  correct: true,
  top: [{ answer: 'dog', score: 0.5 }],
  confidence: null,
  ...change,
});

it('filters rows', () => {
  const doubted = { chance: 0.2, doubt: { reason: 'unsure' } } as const;
  expect(passes('right', answer({}))).toBe(true);
  expect(passes('wrong', answer({ correct: false, accepted: [] }))).toBe(false);
  expect(passes('warned', answer({ confidence: doubted }))).toBe(true);
  expect(passes('failed', answer({ error: 'no' }))).toBe(true);
});

it('writes a CSV that a spreadsheet reads as text', () => {
  const [, line] = csvOf([answer({ question: '=1+1, "x"' })]).split('\r\n');
  expect(line).toBe(`a.jpg,"'=1+1, ""x""",dog,,dog,0.5,true,,`);
});
