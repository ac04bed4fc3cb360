import { describe, expect, it } from 'vitest';
import {
  fakeLoadReport,
  fakePrediction,
  fakeScene,
  fakeTokens,
} from '../../core/testing/engine-fake-results.ts';
import { VqaError } from '../../core/errors.ts';
import {
  answerSentence,
  selectAnnouncement,
  selectDraftTokens,
  selectError,
  selectPhase,
  selectScene,
  selectTimings,
} from './selectors.ts';
import type { AnswerStatus, EngineStatus, Photo, PhotoStatus, SessionState } from './state.ts';
import { initialState } from './transitions.ts';

const photo: Photo = { imageId: 'photo-1', blob: new Blob(), name: 'dog.jpg', source: 'file' };
const scene = fakeScene('photo-1');
const prediction = fakePrediction('photo-1', 'What color is the dog?');
const error = new VqaError('inference-failed', 'No kernel for Conv.').toReport();

const models: EngineStatus = { status: 'ready', report: fakeLoadReport('wasm') };
const seen: PhotoStatus = { status: 'ready', photo, scene };
const answered: AnswerStatus = { status: 'ready', exchange: { id: 1, photo, scene, prediction } };
const state = (change: Partial<SessionState> = {}): SessionState => ({ ...initialState('auto'), ...change });

describe('the phase of the page', () => {
  it.each<[string, Partial<SessionState>]>([
    ['empty', {}],
    ['empty', { engine: models }],
    ['loading', { engine: { status: 'loading', progress: null } }],
    ['loading', { photo: { status: 'waiting', photo } }],
    ['looking', { photo: { status: 'fetching', url: 'https://example.org/dog.jpg' } }],
    ['looking', { engine: models, photo: { status: 'detecting', photo, progress: null } }],
    ['ready', { engine: models, photo: seen }],
    ['thinking', { engine: models, photo: seen, answer: { status: 'asking', question: 'Where?' } }],
    ['answered', { engine: models, photo: seen, answer: answered }],
    ['answer-failed', { engine: models, photo: seen, answer: { status: 'failed', question: '', error } }],
    ['photo-failed', { engine: models, photo: { status: 'failed', photo, error } }],
    ['engine-failed', { engine: { status: 'failed', error }, photo: seen }],
  ])('is %s', (phase, change) => {
    expect(selectPhase(state(change))).toBe(phase);
  });
});

describe('the announcement', () => {
  it.each<[string, Partial<SessionState>]>([
    ['', {}],
    ['Loading the models.', { engine: { status: 'loading', progress: null } }],
    ['Looking at the photo.', { engine: models, photo: { status: 'detecting', photo, progress: null } }],
    ['3 regions found. Ask a question about the photo.', { engine: models, photo: seen }],
    ['Answer: brown, 63 %. Next: two, 12 %.', { engine: models, photo: seen, answer: answered }],
    ['', { engine: models, photo: seen, inputError: error }],
  ])('is %j', (sentence, change) => {
    expect(selectAnnouncement(state(change))).toBe(sentence);
  });

  it('of an answer without rivals is short', () => {
    const answers = [{ answer: 'two', score: 1 }];
    expect(answerSentence({ ...prediction, answers })).toBe('Answer: two, 100 %.');
    expect(answerSentence({ ...prediction, answers: [] })).toBe('No answer.');
  });
});

describe('what is on screen', () => {
  it('has the regions of the answer, even while the photo is detected again', () => {
    const waiting: PhotoStatus = { status: 'waiting', photo };
    expect(selectScene(state({ photo: waiting }))).toBeNull();
    expect(selectScene(state({ photo: waiting, answer: answered }))).toBe(scene);
  });

  it('has one error, the latest doing first', () => {
    const other = new VqaError('camera-denied', 'The camera is not allowed.').toReport();
    const failed: EngineStatus = { status: 'failed', error };
    expect(selectError(state({ engine: failed, inputError: other }))).toBe(other);
    expect(selectError(state({ engine: failed }))).toBe(error);
    expect(selectError(state())).toBeNull();
  });

  it('has the milliseconds of each stage in order', () => {
    const timings = selectTimings(state({ photo: seen, answer: answered }));
    expect(timings.map(({ milliseconds }) => milliseconds)).toEqual([1, 2, 3, 4, 5, 0.5, 6, 7]);
    expect(selectTimings(state({ photo: seen }))).toHaveLength(5);
  });
});

const typed = (draft: string) =>
  state({ draft, draftTokens: { question: draft, result: fakeTokens(draft) } });

describe('the tokens of the draft', () => {
  it('are those of the very text in the box', () => {
    expect(selectDraftTokens(typed('Where?'))?.tokens).toHaveLength(3);
    expect(selectDraftTokens({ ...typed('Where?'), draft: 'Where is' })).toBeNull();
  });
});
