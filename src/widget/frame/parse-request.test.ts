import { describe, expect, test } from 'vitest';
import { FRAME_ATTRIBUTES, parseFrameAttribute, parseRequest } from './parse-request.ts';

const BASE = 'https://example.org/vqa/embed/frame.html';
const attribute = (name: unknown, value: unknown) => () => parseFrameAttribute(name, value, BASE);
const request = (method: unknown, params: unknown) => () => parseRequest({ id: 1, method, params }, BASE);

describe('attributes from outside', () => {
  test.each([
    'onerror',
    'onload',
    'onclick',
    'onfocus',
    'ontoggle',
    'ONERROR',
    ' onerror',
    'onerror ',
    'style',
    'id',
    'part',
    'srcdoc',
    'class',
    'slot',
    'is',
    'tabindex',
    'contenteditable',
    'popover',
    'worker',
    'hidden',
    'nonce',
    'data-x',
    'xmlns',
    '',
    'src\0',
    '__proto__',
    'constructor',
    null,
    undefined,
    7,
    ['src'],
    { toString: () => 'src' },
  ])('%j is none of them', (name) => {
    expect(attribute(name, 'alert(1)')).toThrow(TypeError);
  });

  test.each([
    ['src', 'javascript:alert(1)'] as const,
    ['src', 'file:///etc/passwd'] as const,
    ['pack', 'data:application/json,{}'] as const,
    ['pack', ' javascript:1'] as const,
    ['record', 'javascript:{}'] as const,
    ['record', 'https://'] as const,
    ['theme', 'dark"><script>'] as const,
    ['backend', 'webnn'] as const,
    ['reveal', ''] as const,
    ['explain', 'attention;x'] as const,
    ['alt', 'a'.repeat(2001)] as const,
    ['question', 7] as const,
    ['question', ['a']] as const,
    ['src', undefined] as const,
    ['alt', { toString: () => 'a' }] as const,
  ])('%s takes no %j', (name, value) => {
    expect(attribute(name, value)).toThrow(TypeError);
  });

  test('those that are documented are taken, and taken away', () => {
    expect(attribute('src', '../samples/cat.jpg')()).toEqual({ name: 'src', value: '../samples/cat.jpg' });
    expect(attribute('theme', ' Dark ')()).toEqual({ name: 'theme', value: 'dark' });
    expect(attribute('alt', '<img src=x onerror=alert(1)>')().value).toBe('<img src=x onerror=alert(1)>');
    for (const name of FRAME_ATTRIBUTES) expect(attribute(name, null)()).toEqual({ name, value: null });
  });
});

describe('requests from outside', () => {
  test.each([
    null,
    undefined,
    'ask',
    7,
    [],
    { id: '1', method: 'load' },
    { method: 'load' },
    { id: 1, method: 'remove', params: null },
    { id: 1, method: '__proto__', params: null },
  ])('%j is none', (message) => {
    expect(() => parseRequest(message, BASE)).toThrow(TypeError);
  });

  test.each([
    ['ask', null] as const,
    ['ask', 'a'.repeat(2001)] as const,
    ['ask', { question: 'a' }] as const,
    ['select', null] as const,
    ['select', { layer: -1 }] as const,
    ['select', { head: 1.5 }] as const,
    ['select', { module: 'x' }] as const,
    ['select', { innerHTML: 1 }] as const,
    ['select', { word: Number.NaN }] as const,
    ['select', { region: '1' }] as const,
    ['toBlob', null] as const,
    ['toBlob', { width: 1e9 }] as const,
    ['toBlob', { width: '9' }] as const,
    ['toBlob', { type: 'text/html' }] as const,
    ['toBlob', { quality: 2 }] as const,
    ['setPhoto', 'https://example.org/a.jpg'] as const,
    ['setPhoto', {}] as const,
    ['setAttribute', null] as const,
    [
      'setAttribute',
      {
        name: 'onload',
        value: 'x',
      },
    ] as const,
  ])('%s takes no %j', (method, params) => {
    expect(request(method, params)).toThrow(TypeError);
  });

  test('what is left out of a selection stays out', () => {
    expect(request('select', { layer: 'last', word: null, head: undefined })().params).toEqual({
      layer: 'last',
      word: null,
    });
  });
});
