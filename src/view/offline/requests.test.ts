import { expect, it } from 'vitest';
import { countElsewhere, countRequests } from './requests.ts';

it('counts requests by host, and leaves out what lies in the page', () => {
  const first = countRequests(new Map(), [
    'https://example.org/vqa/',
    'https://example.org/vqa/assets/index.js',
    'blob:https://example.org/1b9d',
    'data:image/png;base64,AA==',
  ]);
  expect([...first]).toEqual([['example.org', 2]]);
  expect(countElsewhere(first, 'example.org')).toBe(0);

  const second = countRequests(first, ['https://photos.example/a.jpg', 'http://example.org:8080/']);
  expect([...second]).toEqual([
    ['example.org', 2],
    ['photos.example', 1],
    ['example.org:8080', 1],
  ]);
  expect(countElsewhere(second, 'example.org')).toBe(2);
  expect([...first]).toEqual([['example.org', 2]]);
});
