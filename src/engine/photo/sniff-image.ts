/** Names a file by its bytes, whatever its name or media type claims. */
import { isBmp, readBmp } from './formats/bmp.ts';
import { Bytes } from './formats/bytes.ts';
import { isGif, readGif } from './formats/gif.ts';
import { plainFacts, type ImageFacts, type Sniffed } from './formats/image-facts.ts';
import { isoMediaKind, readIsoMedia } from './formats/iso-media.ts';
import { isJpeg, readJpeg } from './formats/jpeg.ts';
import { namedKind } from './formats/named.ts';
import { isPng, readPng } from './formats/png.ts';
import { isWebp, readWebp } from './formats/webp.ts';

const TEXT_START_BYTES = 1024;

export function sniffImage(file: Uint8Array): Sniffed {
  const bytes = new Bytes(file);
  if (isJpeg(bytes)) return image(readJpeg(bytes));
  if (isPng(bytes)) return image(readPng(bytes));
  if (isGif(bytes)) return image(readGif(bytes));
  if (isWebp(bytes)) return image(readWebp(bytes));
  const isoMedia = isoMediaKind(bytes);
  if (isoMedia === 'video') return { is: 'other', kind: 'video' };
  if (isoMedia === 'avif' || isoMedia === 'heic') return image(readIsoMedia(bytes, isoMedia));
  if (isoMedia !== null) return image(plainFacts(isoMedia, null));
  if (isBmp(bytes)) return image(readBmp(bytes));
  const named = namedKind(bytes);
  if (named !== null) return image({ ...plainFacts(named, null), mayBeTransparent: true });
  if (bytes.text(0, 4) === '%PDF') return { is: 'other', kind: 'PDF document' };
  if (bytes.startsWith([0x50, 0x4b, 3, 4])) return { is: 'other', kind: 'ZIP archive' };
  if (bytes.startsWith([0x1a, 0x45, 0xdf, 0xa3])) return { is: 'other', kind: 'video' };
  return sniffText(file);
}

function image(facts: ImageFacts): Sniffed {
  return { is: 'image', facts };
}

function sniffText(file: Uint8Array): Sniffed {
  const start = new TextDecoder()
    .decode(file.subarray(0, TEXT_START_BYTES), { stream: true }) // a character cut at the end is no error
    .trimStart()
    .toLowerCase();
  if (/^<svg[\s>]/u.test(start) || (start.startsWith('<') && /<svg[\s>]/u.test(start) && !isHtml(start))) {
    return image({ ...plainFacts('svg', null), mayBeTransparent: true });
  }
  if (isHtml(start)) return { is: 'other', kind: 'web page' };
  if (start.startsWith('<?xml')) return { is: 'other', kind: 'XML document' };
  const isText = start !== '' && !/[\p{Cc}\ufffd]/u.test(start.replaceAll(/\s/gu, ''));
  if (isText) return { is: 'other', kind: 'text file' };
  return image({ ...plainFacts('unknown', null), mayBeTransparent: true });
}

function isHtml(start: string): boolean {
  return start.startsWith('<!doctype html') || /^<(?:html|head|body)[\s>]/u.test(start);
}
