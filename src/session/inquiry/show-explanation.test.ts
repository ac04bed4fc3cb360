import { beforeEach, describe, expect, it } from 'vitest';
import type { Abilities } from '../../core/explanation.ts';
import { createLab } from './create-lab.ts';
import { photoSentence, sharesSentence, signedAmount, wordsSentence } from '../words/explanation-words.ts';
import type { Lab } from './lab-state.ts';
import { startSession } from '../work/session-fixture.ts';
import { showExplanation, type ShownExplanation } from './show-explanation.ts';

const abilities: Abilities = {
  methods: ['relevance', 'leave-one-out', 'shapley'],
  defaultMethod: 'relevance',
  closesHeads: true,
};

let lab: Lab;

beforeEach(async () => {
  const { engine, session, open } = startSession();
  lab = createLab(engine, session);
  await open();
  await session.ask('What color is it?');
});

function shown(): ShownExplanation {
  const explanation = showExplanation(lab.getState(), abilities);
  if (!explanation) throw new Error('no explanation is shown');
  return explanation;
}

describe('a map without signs', () => {
  it('is drawn as shares', () => {
    const { regions, words } = shown();
    expect([...regions.weights].map((weight) => regions.amount(weight))).toEqual([
      '60.0 %',
      '30.0 %',
      '10.0 %',
    ]);
    expect([...words.weights].reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1);
  });

  it('says once what two things of one name and place have together', () => {
    const explanation = shown();
    const [dog] = explanation.exchange.scene.regions;
    const beach = { ...dog!, label: 'beach' };
    const bottom = (xmin: number, xmax: number) => ({ ...beach, box: { xmin, xmax, ymin: 0.8, ymax: 1 } });
    const regions = [bottom(0.2, 0.6), bottom(0.4, 0.8), { ...dog!, label: 'sky' }];
    const two = {
      ...explanation,
      exchange: { ...explanation.exchange, scene: { ...explanation.exchange.scene, regions } },
      regions: { ...explanation.regions, weights: Float32Array.from([0.5, 0.3, 0.2]) },
    };
    expect(photoSentence(two)).toBe('The beach at the bottom decided this (80 %), then the sky (20 %).');
  });

  it('has a sentence for the photo and one for the words', () => {
    expect(photoSentence(shown())).toBe(
      'The dog decided this (60 %), then the frisbee (30 %), then the tree (10 %).',
    );
    expect(wordsSentence(shown())).toContain('“it?”');
    expect(sharesSentence({ text: 0.4, image: 0.6, standardError: null })).toBe(
      '60 % of the evidence is in the photo, 40 % in the words.',
    );
    expect(sharesSentence({ text: 0.4, image: 0.6, standardError: 0.021 })).toBe(
      '60 % of the evidence is in the photo, 40 % in the words, each ± 2 points.',
    );
  });
});

describe('a signed map', () => {
  beforeEach(() => lab.inquire({ method: 'leave-one-out' }));

  it('keeps its unit, and has a scale for words and one for regions', () => {
    const { regions, words } = shown();
    expect(regions.highest).toBeCloseTo(0.6);
    expect(words.highest).toBeCloseTo(0.4);
    expect([...regions.weights].map((weight) => regions.amount(weight))).toEqual(['+0.60', '+0.30', '−0.10']);
  });

  it('says what speaks for and what against', () => {
    expect(photoSentence(shown())).toBe(
      'The dog decided this (60 %), then the frisbee (30 %). The tree (10 %) counted against it.',
    );
  });

  it('adds up what overlapping regions show twice, and says so', () => {
    const explanation = shown();
    const { exchange } = explanation;
    const [dog, frisbee] = exchange.scene.regions;
    if (!dog || !frisbee) throw new Error('the photo shows a dog and a frisbee');
    const regions = [dog, frisbee, dog];
    const twice = { ...explanation, exchange: { ...exchange, scene: { ...exchange.scene, regions } } };
    expect(photoSentence(twice)).toBe('The dog decided this (63 %), then the frisbee (37 %).');
  });
});

it('writes amounts with a sign, and nothing without one', () => {
  expect([0.004, -0.5, 1].map(signedAmount)).toEqual(['0.00', '−0.50', '+1.00']);
});

it('says nothing by halves: an explanation is shown once it is complete', async () => {
  const seen: boolean[] = [];
  lab.subscribe((state) => seen.push(showExplanation(state, abilities) !== null));
  await lab.inquire({ method: 'shapley' });
  expect(seen.slice(0, -1).every((isShown) => !isShown)).toBe(true);
  expect(seen.at(-1)).toBe(true);
  expect(shown().errors?.regions[0]).toBeCloseTo(0.05);
});

it('says so where nothing in particular decided', () => {
  const explanation = shown();
  const [dog] = explanation.exchange.scene.regions;
  if (!dog) throw new Error('the photo shows a dog');
  const regions = Array.from({ length: 20 }, (_, index) => ({ ...dog, label: `thing ${index}` }));
  const even = { ...explanation.regions, weights: new Float32Array(20).fill(0.05) };
  const { exchange } = explanation;
  const spread = {
    ...explanation,
    regions: even,
    exchange: { ...exchange, scene: { ...exchange.scene, regions } },
  };
  expect(photoSentence(spread)).toBe('Nothing in particular in the photo decided this.');
});
