import { describe, expect, it } from 'vitest';
import { addressesOf, webAddress } from './source-addresses.ts';

const PATH = 'a/resolve/main/model.bin';

describe('addressesOf', () => {
  it('puts each hub in its place, then the mirrors', () => {
    const source = {
      url: `{hub}/${PATH}`,
      mirrors: ['https://mirror.test/model.bin', '{hub}/copy/model.bin'],
    };
    expect(addressesOf(source, ['https://one.test/', 'https://two.test/hub'])).toEqual([
      `https://one.test/${PATH}`,
      `https://two.test/hub/${PATH}`,
      'https://mirror.test/model.bin',
      'https://one.test/copy/model.bin',
      'https://two.test/hub/copy/model.bin',
    ]);
  });

  it('names an address once', () => {
    const source = { url: 'https://one.test/model.bin', mirrors: ['{hub}/model.bin'] };
    expect(addressesOf(source, ['https://one.test', 'https://one.test/'])).toEqual([
      'https://one.test/model.bin',
    ]);
  });
});

describe('webAddress', () => {
  it('takes addresses on the web alone', () => {
    expect(webAddress('https://one.test/a b.bin')).toBe('https://one.test/a%20b.bin');
    expect(webAddress('http://localhost:8000/model.bin')).toBe('http://localhost:8000/model.bin');
    for (const text of ['', 'model.bin', 'file:///model.bin', 'data:,x', 'ftp://one.test/model.bin']) {
      expect(() => webAddress(text)).toThrow(`“${text}” is no web address`);
    }
  });
});
