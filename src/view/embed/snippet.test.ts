// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest';
import { snippetOf, type SnippetChoice } from './snippet.ts';

const choice: SnippetChoice = {
  way: 'element',
  site: 'https://example.org/vqa/',
  address: 'https://example.org/vqa/samples/cat.jpg',
  alt: '',
  question: 'Is it "<b>"?',
  explain: 'attention',
  theme: 'auto',
  reveal: 'auto',
  ownPhotos: false,
  pack: null,
};

function parsed(html: string): Document {
  return new DOMParser().parseFromString(html, 'text/html');
}

describe('a snippet', () => {
  test('of an element names what differs from the defaults, whatever stands in the question', () => {
    const page = parsed(snippetOf(choice));
    expect(page.querySelector('script')?.getAttribute('src')).toBe(
      'https://example.org/vqa/embed/in-page-vqa.js',
    );
    const element = page.querySelector('in-page-vqa');
    expect(element?.getAttributeNames()).toEqual(['src', 'question']);
    expect(element?.getAttribute('question')).toBe(choice.question);
  });

  test('of an element takes every choice over', () => {
    const html = snippetOf({
      ...choice,
      alt: 'A cat',
      explain: 'relevance',
      theme: 'dark',
      reveal: 'interaction',
      ownPhotos: true,
      pack: 'https://example.org/packs/other/',
    });
    const element = parsed(html).querySelector('in-page-vqa')!;
    expect(
      Object.fromEntries(element.getAttributeNames().map((name) => [name, element.getAttribute(name)])),
    ).toEqual({
      src: choice.address,
      alt: 'A cat',
      question: choice.question,
      explain: 'relevance',
      theme: 'dark',
      reveal: 'interaction',
      'own-photos': '',
      pack: 'https://example.org/packs/other/',
    });
  });

  test('of a recording names the file, and nothing about models', () => {
    const html = snippetOf({
      ...choice,
      way: 'recording',
      address: 'cat.recording.json',
      reveal: 'interaction',
    });
    expect(parsed(html).querySelector('in-page-vqa')?.getAttributeNames()).toEqual(['record', 'question']);
  });

  test('of an iframe carries the same in its address', () => {
    // Under another name: a frame in a test would be loaded.
    const html = snippetOf({ ...choice, way: 'iframe', theme: 'light' }).replaceAll('iframe', 'x-frame');
    const frame = parsed(html).querySelector('x-frame')!;
    const url = new URL(frame.getAttribute('src')!);
    expect(url.pathname).toBe('/vqa/embed/frame.html');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      src: choice.address,
      question: choice.question,
      theme: 'light',
    });
    expect(frame.getAttribute('title')).toBe(choice.question);
  });
});
