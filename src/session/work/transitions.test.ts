import { describe, expect, it } from 'vitest';
import type { AttentionView, Focus, Photo, Visit } from './state.ts';
import { initialState, moveAttention, moveFocus, resumeVisit } from './transitions.ts';

const none: Focus = { kind: 'none' };
const hovered: Focus = { kind: 'token', index: 1, locked: false };
const locked: Focus = { kind: 'token', index: 1, locked: true };
const otherHovered: Focus = { kind: 'region', index: 1, locked: false };
const otherLocked: Focus = { kind: 'region', index: 1, locked: true };

describe('the focus', () => {
  it.each([
    ['follows the hover', none, hovered, hovered],
    ['ends with the hover', hovered, none, none],
    ['is locked by a click on what is hovered', hovered, locked, locked],
    ['outlives the hover once locked', locked, none, locked],
    ['is not moved by hovering over something else once locked', locked, otherHovered, locked],
    ['is released by locking the same again', locked, locked, none],
    ['moves when something else is locked', locked, otherLocked, otherLocked],
  ])('%s', (_, present, next, expected) => {
    const state = { ...initialState('auto'), focus: present };
    expect({ ...state, ...moveFocus(state, next) }.focus).toEqual(expected);
  });
});

describe('the attention view', () => {
  const present: AttentionView = { module: 'language', layer: 0, head: 3 };

  it.each<[string, Partial<AttentionView>, AttentionView]>([
    ['changes head alone', { head: 'mean' }, { module: 'language', layer: 0, head: 'mean' }],
    [
      'starts another module at its last layer',
      { module: 'vision' },
      { module: 'vision', layer: 'last', head: 3 },
    ],
    ['takes a layer that is named', { module: 'vision', layer: 1 }, { module: 'vision', layer: 1, head: 3 }],
    ['keeps the layer of the same module', { module: 'language' }, present],
  ])('%s', (_, change, expected) => {
    const state = { ...initialState('auto'), attentionView: present };
    expect(moveAttention(state, change).attentionView).toEqual(expected);
  });
});

describe('a visit that is brought back', () => {
  const photo: Photo = { imageId: 'kept', blob: new Blob(), name: 'kept.jpg', source: 'file' };
  const visit: Visit = { photo, shown: null, question: 'What is it?', draft: 'What is it?', history: [] };
  const untouched = initialState('auto');

  it('shows its photo and asks its question again', () => {
    expect(resumeVisit(untouched, visit)).toMatchObject({
      photo: { status: 'waiting', photo },
      answer: { status: 'waiting', question: 'What is it?' },
      draft: 'What is it?',
    });
  });

  it('takes no place of what the person has done in the meantime', () => {
    const newer: Photo = { ...photo, imageId: 'newer' };
    const pasted = resumeVisit({ ...untouched, photo: { status: 'waiting', photo: newer } }, visit);
    expect(pasted).toEqual({ history: [] });
    expect(resumeVisit({ ...untouched, draft: 'Where' }, visit)).toEqual({ history: [] });
  });
});
