/** Names a file by its bytes, whatever its name or media type claims. */
import { Bytes } from './formats/bytes.ts';
import { isGif, readGif } from './formats/gif.ts';
import { plainFacts, type ImageFacts, type Sniffed } from './formats/image-facts.ts';
import { isoMediaKind, readIsoMedia } from './formats/iso-media.ts';
import { isJpeg, readJpeg } from './formats/jpeg.ts';
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
  if (isoMedia !== null) return image(readIsoMedia(bytes, isoMedia));
  if (isBmp(bytes)) return image(readBmp(bytes));
  if (bytes.startsWith([0x49, 0x49, 0x2a, 0]) || bytes.startsWith([0x4d, 0x4d, 0, 0x2a])) {
    return image(plainFacts('tiff', null));
  }
  if (bytes.text(0, 4) === '%PDF') return { is: 'other', kind: 'PDF document' };
  if (bytes.startsWith([0x50, 0x4b, 3, 4])) return { is: 'other', kind: 'ZIP archive' };
  if (bytes.startsWith([0x1a, 0x45, 0xdf, 0xa3])) return { is: 'other', kind: 'video' };
  return sniffText(file);
}

function image(facts: ImageFacts): Sniffed {
  return { is: 'image', facts };
}

function isBmp(bytes: Bytes): boolean {
  return bytes.text(0, 2) === 'BM' && bytes.u32LittleEndian(14) >= 12 && bytes.u32LittleEndian(14) <= 124;
}

function readBmp(bytes: Bytes): ImageFacts {
  const oldHeader = bytes.u32LittleEndian(14) === 12;
  const size = oldHeader
    ? { width: bytes.u16LittleEndian(18), height: bytes.u16LittleEndian(20) }
    : // A negative height means that rows run from the top.
      { width: bytes.u32LittleEndian(18), height: Math.abs(bytes.u32LittleEndian(22) | 0) };
  const mayBeTransparent = !oldHeader && bytes.u16LittleEndian(28) === 32;
  // A size of 0 in the header is allowed and says nothing.
  return { ...plainFacts('bmp', size), mayBeTransparent, truncated: bytes.u32LittleEndian(2) > bytes.length };
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
  return isText ? { is: 'other', kind: 'text file' } : { is: 'unknown' };
}

function isHtml(start: string): boolean {
  return start.startsWith('<!doctype html') || /^<(?:html|head|body)[\s>]/u.test(start);
}
