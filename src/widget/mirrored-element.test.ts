// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { ATTRIBUTES } from './attributes.ts';
import { MirroredElement } from './mirrored-element.ts';

class Mirrored extends MirroredElement {}
customElements.define('mirrored-element', Mirrored);
const make = () => new Mirrored();

test('every attribute has a property', () => {
  const properties = ATTRIBUTES.map((name) =>
    name.replaceAll(/-(?<letter>\w)/gu, (_, letter: string) => letter.toUpperCase()),
  );
  expect(properties.filter((name) => !(name in make()))).toEqual([]);
});

test('photos of one’s own are allowed by the attribute, whatever it says but false', () => {
  const element = make();
  expect(element.ownPhotos).toBe(false);
  for (const [written, isAllowed] of [
    ['', true],
    ['true', true],
    ['own-photos', true],
    ['false', false],
  ] as const) {
    element.setAttribute('own-photos', written);
    expect(element.ownPhotos).toBe(isAllowed);
  }
  element.ownPhotos = true;
  expect(element.getAttribute('own-photos')).toBe('');
  element.ownPhotos = null;
  expect(element.hasAttribute('own-photos')).toBe(false);
});
