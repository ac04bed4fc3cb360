import { describe, expect, it } from 'vitest';
import { offeredPhoto, type Transfer } from './offered-photo.ts';

const NOTHING: Transfer = { files: [], folder: null, html: '', uriList: '', text: '' };
const FILE = new File(['photo'], 'dog.jpg', { type: 'image/jpeg' });

function offered(given: Partial<Transfer>, way: 'drop' | 'paste' = 'drop'): string {
  const photo = offeredPhoto({ ...NOTHING, ...given }, way);
  if (photo.kind === 'none') return `${photo.error.code}: ${photo.error.message}`;
  return photo.kind === 'file' ? photo.file.name : photo.address;
}

describe('what is dropped or pasted', () => {
  const html =
    '<meta charset="utf-8"><a href="/page"><img alt="a > b" src="https://a.org/dog.jpg?a=1&amp;b=2"></a>';
  it.each<[string, Partial<Transfer>, string]>([
    ['a file before everything', { files: [FILE], html, text: 'words' }, 'dog.jpg'],
    [
      'the picture of a page before the link around it',
      { html, uriList: 'https://a.org/page' },
      'https://a.org/dog.jpg?a=1&b=2',
    ],
    ['a picture without quotes', { html: '<p><IMG width=3 SRC=https://a.org/1.png>' }, 'https://a.org/1.png'],
    [
      'no picture that lies on somebody’s disk',
      { html: '<img src="file:///C:/clip001.png"><img src="https://a.org/2.png">' },
      'https://a.org/2.png',
    ],
    [
      'the first line that is no comment',
      { uriList: '# a list\r\nhttps://a.org/3.jpg\r\nhttps://a.org/4.jpg' },
      'https://a.org/3.jpg',
    ],
    ['an address in plain text', { text: ' https://a.org/5.jpg\n' }, 'https://a.org/5.jpg'],
    ['a photo written out', { html: '<img src="data:image/png;base64,AA==">' }, 'data:image/png;base64,AA=='],
    ['an address without its beginning', { text: 'www.a.org/6.jpg' }, 'www.a.org/6.jpg'],
    ['a path', { text: 'C:\\Users\\me\\My dog.jpg' }, 'C:\\Users\\me\\My dog.jpg'],
    ['words', { text: 'a dog: on a sofa' }, 'drop-empty: There is no photo in what was dropped.'],
    ['nothing', {}, 'drop-empty: There is no photo in what was dropped.'],
    [
      'a folder',
      { folder: 'Holiday', files: [FILE] },
      'image-unreadable: “Holiday” is a folder, not a photo: choose a photo from it.',
    ],
    [
      'several files',
      { files: [FILE, FILE] },
      'photos-many: These are 2 files; one photo is asked about at a time.',
    ],
  ])('%s', (_, given, expected) => {
    expect(offered(given)).toBe(expected);
  });

  it('says so of a clipboard', () => {
    expect(offered({ text: 'only words' }, 'paste')).toBe(
      'clipboard-empty: There is no photo in the clipboard.',
    );
  });
});
