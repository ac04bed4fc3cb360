import { expect, test } from 'vitest';
import { parseState, STATE_VERSION, type ElementState } from './element-state.ts';

const STATE: ElementState = {
  version: STATE_VERSION,
  question: 'Is it red?',
  explain: 'attention',
  module: 'textToRegion',
  layer: 1,
  head: 'mean',
  held: { kind: 'region', index: 2 },
};

test('survives being stored as text', () => {
  expect(parseState(JSON.parse(JSON.stringify(STATE)))).toEqual(STATE);
});

test.each([
  ['nothing', null, 'state is null, must be an object'],
  ['another version', { ...STATE, version: 2 }, 'state.version is 2, must be 1'],
  ['a question that is no text', { ...STATE, question: 3 }, 'state.question is 3, must be text'],
  [
    'an unknown method',
    { ...STATE, explain: 'magic' },
    'state.explain is “magic”, must be one of none, auto',
  ],
  ['half a layer', { ...STATE, layer: 0.5 }, 'state.layer is 0.5, must be a whole number from 0'],
  ['a negative head', { ...STATE, head: -1 }, 'state.head is -1'],
  ['a held thing of no kind', { ...STATE, held: { index: 1 } }, 'state.held.kind is missing'],
])('says what is wrong with %s', (_name, value, message) => {
  expect(() => parseState(value)).toThrow(message);
});
