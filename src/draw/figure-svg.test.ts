// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { figureSvg, type Figure } from './figure-svg.ts';
import { svgText } from './svg-text.ts';
import { wrapText } from './wrap-text.ts';

const figure: Figure = {
  photo: null,
  frame: { width: 852, height: 568 },
  heat: {
    grid: { width: 4, height: 2 },
    runs: [{ x: 1, y: 0, length: 2, color: 'red', opacity: 0.5 }],
    isPale: false,
  },
  outlines: [{ xmin: 0, ymin: 0, xmax: 0.5, ymax: 1 }],
  labels: [{ rect: { x: 0, y: 0, width: 60, height: 18 }, text: 'dog <1 %', color: 'red', ink: '#000000' }],
  question: 'Is "it" a dog & a cat?',
  words: [{ text: 'dog', color: 'red', share: 0.5, amount: '12.0 %' }],
  answers: [
    { answer: 'yes', score: 0.75, amount: '75 %' },
    { answer: 'no', score: 0.25, amount: '25 %' },
  ],
  scale: { title: 'Relevance', colors: ['#000000', '#ffffff'], ticks: ['0', '40 %'] },
  sentences: ['Mostly the dog.'],
  caption: ['Pack everyday 1.0.0', 'SHA-256 abc'],
};

const parsed = (svg: string) => new DOMParser().parseFromString(svg, 'image/svg+xml');
const height = (svg: string) => Number(parsed(svg).documentElement.getAttribute('height'));

describe('a figure', () => {
  it('keeps every text as text', () => {
    const texts = [...parsed(figureSvg(figure)).querySelectorAll('text')].map((each) => each.textContent);
    for (const text of [
      'dog <1 %',
      '“Is "it" a dog & a cat?”',
      '12.0 %',
      'yes',
      '75 %',
      'Relevance',
      'Mostly the dog.',
      'SHA-256 abc',
    ]) {
      expect(texts).toContain(text);
    }
  });

  it('has the photo only when it is given one', () => {
    expect(figureSvg(figure)).not.toContain('<image');
    const withPhoto = figureSvg({ ...figure, photo: 'data:image/jpeg;base64,AAAA' });
    expect(parsed(withPhoto).querySelector('image')?.getAttribute('href')).toBe(
      'data:image/jpeg;base64,AAAA',
    );
  });

  it('paints the heat over the photo, the boxes over the heat and the words over the boxes', () => {
    const svg = figureSvg({ ...figure, photo: 'data:image/jpeg;base64,AAAA' });
    const [photo, heat, box, words] = [
      '<image',
      'fill="red" fill-opacity',
      'stroke-width="3"',
      'dog &lt;1 %',
    ].map((part) => svg.indexOf(part));
    expect(photo).toBeGreaterThan(0);
    expect(heat).toBeGreaterThan(photo!);
    expect(box).toBeGreaterThan(heat!);
    expect(words).toBeGreaterThan(box!);
  });

  it('asks nothing of the network', () => {
    const addresses = figureSvg(figure).match(/https?:[^"]*/gu);
    expect(addresses).toEqual(['http://www.w3.org/2000/svg']);
  });

  it('grows with what stands below the photo', () => {
    const longer = { ...figure, caption: [...figure.caption, 'One more line'] };
    expect(height(figureSvg(longer))).toBeGreaterThan(height(figureSvg(figure)));
  });
});

it('writes what XML keeps for itself, and leaves out what XML cannot say', () => {
  expect(svgText('a<b & "c"\u0001')).toBe('a&lt;b &amp; &quot;c&quot;');
});

it('wraps at spaces', () => {
  // Without a canvas each letter is 0.6 of the font's size.
  expect(wrapText('one two three', { family: 'serif', sizePx: 10 }, 45)).toEqual(['one two', 'three']);
  expect(wrapText('', { family: 'serif', sizePx: 10 }, 45)).toEqual([]);
});
