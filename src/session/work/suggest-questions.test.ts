import { describe, expect, it } from 'vitest';
import type { Region } from '../../core/types.ts';
import { suggestQuestions } from './suggest-questions.ts';
import { indefinite, plural } from '../words/word-forms.ts';

/** A region a fifth of the photo wide. */
function region(label: string, x = 0.5, score = 0.9): Region {
  return { box: { xmin: x - 0.1, ymin: 0.4, xmax: x + 0.1, ymax: 0.7 }, label, score, attributes: [] };
}

describe('suggestions', () => {
  it('are about what was found', () => {
    expect(suggestQuestions([region('dog', 0.2), region('car', 0.8, 0.8), region('man', 0.5, 0.7)])).toEqual([
      'What color is the dog?',
      'How many people are there?',
      'Is the dog to the left or to the right of the car?',
      'Is there a car in the picture?',
      'Is it indoors or outdoors?',
      'What is the man doing?',
    ]);
  });

  it('put first what the pack answers best, and leave out what it mostly gets wrong', () => {
    const measured = new Map(
      Object.entries({
        colour: 0.6,
        count: 0.4,
        relation: 0.8,
        exists: 0.7,
        indoors: 0.9,
        'gqa open': 0.3,
      }).map(([kind, accuracy]) => [kind, { accuracy }]),
    );
    const regions = [region('dog', 0.2), region('car', 0.8, 0.8), region('man', 0.5, 0.7)];
    expect(suggestQuestions(regions, measured).slice(0, 4)).toEqual([
      'Is it indoors or outdoors?',
      'Is the dog to the left or to the right of the car?',
      'Is there a car in the picture?',
      'What color is the dog?',
    ]);
    expect(suggestQuestions(regions, measured)).not.toContain('How many people are there?');
  });

  it('count what there is more than one of', () => {
    const questions = suggestQuestions([region('knife', 0.2), region('knife', 0.8)]);
    expect(questions).toContain('What color are the knives?');
    expect(questions).toContain('How many knives are there?');
  });

  it('count what is seen twice once', () => {
    const questions = suggestQuestions([region('cat', 0.5), region('cat', 0.55, 0.8)]);
    expect(questions).toContain('What color is the cat?');
    expect(questions.filter((question) => question.startsWith('How many'))).toEqual([]);
  });

  it('say “is” and “are” as the noun wants', () => {
    expect(suggestQuestions([region('jeans')])[0]).toBe('What color are the jeans?');
    expect(suggestQuestions([region('bread', 0.2), region('bread', 0.8)])[0]).toBe(
      'What color is the bread?',
    );
  });

  it('leave out what is uncertain and what is only background', () => {
    const questions = suggestQuestions([region('wall'), region('leg', 0.2), region('dog', 0.5, 0.1)]);
    expect(questions).toEqual(['Is it indoors or outdoors?', 'Where was this photo taken?']);
  });

  it('fall back on animals and the sky', () => {
    const questions = suggestQuestions([region('horse', 0.2), region('sky')]);
    expect(questions).toContain('What is the horse doing?');
    expect(questions).toContain('What color is the sky?');
  });

  it('compare only what lies side by side', () => {
    const questions = suggestQuestions([region('dog', 0.5), region('car', 0.55)]);
    expect(questions.filter((question) => question.includes('left'))).toEqual([]);
  });

  it('are six at most and all different', () => {
    const labels = ['dog', 'car', 'man', 'table', 'umbrella', 'bicycle', 'woman', 'kite'];
    const questions = suggestQuestions(labels.map((label, i) => region(label, 0.1 + i * 0.1)));
    expect(questions).toHaveLength(6);
    expect(new Set(questions).size).toBe(6);
  });

  it('are there even when nothing was found', () => {
    expect(suggestQuestions([])).toEqual(['Is it indoors or outdoors?', 'Where was this photo taken?']);
  });
});

it.each([
  ['dog', 'dogs'],
  ['bus', 'buses'],
  ['box', 'boxes'],
  ['bench', 'benches'],
  ['toothbrush', 'toothbrushes'],
  ['berry', 'berries'],
  ['key', 'keys'],
  ['woman', 'women'],
  ['wine glass', 'wine glasses'],
  ['baseball glove', 'baseball gloves'],
  ['sheep', 'sheep'],
  ['pants', 'pants'],
])('the plural of %s is %s', (noun, expected) => {
  expect(plural(noun)).toBe(expected);
});

it.each([
  ['dog', 'a dog'],
  ['umbrella', 'an umbrella'],
  ['uniform', 'a uniform'],
  ['orange', 'an orange'],
  ['skis', 'skis'],
  ['water', 'water'],
])('%s with its article is %s', (noun, expected) => {
  expect(indefinite(noun)).toBe(expected);
});
