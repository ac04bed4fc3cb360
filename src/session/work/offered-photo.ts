/** What somebody drops or pastes, and what of it is a photo: a file, the picture of a page, or an address. */
import { VqaError } from '../../core/errors.ts';

/** The parts of a `DataTransfer`, taken out of it at once: a moment later it is empty. */
export interface Transfer {
  readonly files: readonly File[];
  /** The name of a folder among what was given; null when there is none. */
  readonly folder: string | null;
  readonly html: string;
  readonly uriList: string;
  readonly text: string;
}

export type OfferedPhoto =
  | { readonly kind: 'file'; readonly file: File }
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'none'; readonly error: VqaError };

export function readTransfer(data: DataTransfer): Transfer {
  const entries = Array.from(data.items, (item) => item.webkitGetAsEntry?.() ?? null);
  return {
    files: Array.from(data.files),
    folder: entries.find((entry) => entry?.isDirectory)?.name ?? null,
    html: data.getData('text/html'),
    uriList: data.getData('text/uri-list'),
    text: data.getData('text/plain'),
  };
}

/** @param way how it was given, for the sentence when there is no photo in it */
export function offeredPhoto(
  { files, folder, html, uriList, text }: Transfer,
  way: 'drop' | 'paste',
): OfferedPhoto {
  if (folder !== null) {
    return none('image-unreadable', `“${folder}” is a folder, not a photo: choose a photo from it.`);
  }
  const [file] = files;
  if (files.length > 1) {
    return none('photos-many', `These are ${files.length} files; one photo is asked about at a time.`);
  }
  if (file) return { kind: 'file', file };
  const address = pictureOf(html) ?? firstAddress(uriList) ?? addressIn(text);
  if (address !== null) return { kind: 'address', address };
  return way === 'drop'
    ? none('drop-empty', 'There is no photo in what was dropped.')
    : none('clipboard-empty', 'There is no photo in the clipboard.');
}

function none(code: VqaError['code'], message: string): OfferedPhoto {
  return { kind: 'none', error: new VqaError(code, message) };
}

/** The first picture that has an address which leads somewhere from here: word processors name files of their own. */
function pictureOf(html: string): string | null {
  for (const [, double, single, bare] of html.matchAll(
    /<img\b(?:"[^"]*"|'[^']*'|[^'">])*?\ssrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))/giu,
  )) {
    const address = plainText(double ?? single ?? bare ?? '').trim();
    if (/^(?:https?|data|blob):/iu.test(address)) return address;
  }
  return null;
}

/** Lines that begin with # are comments (RFC 2483). */
function firstAddress(uriList: string): string | null {
  const lines = uriList.split(/\r?\n/u).map((line) => line.trim());
  return lines.find((line) => line !== '' && !line.startsWith('#')) ?? null;
}

/** One word that looks like an address or a path; whether it leads to a photo is seen when it is fetched. */
function addressIn(text: string): string | null {
  const words = text.trim();
  const isAddress = /^(?:[a-z][a-z\d+.-]*:|www\.|\\\\|\/|~\/|file:)\S+$/iu.test(words);
  const isPath = /^[a-z]:[\\/][^\n]+$/iu.test(words);
  return isAddress || isPath ? words : null;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', quot: '"', apos: "'", lt: '<', gt: '>' };

function plainText(html: string): string {
  return html
    .replaceAll(/&(amp|quot|apos|lt|gt);/gu, (whole, name: string) => ENTITIES[name] ?? whole)
    .replaceAll(/&#(x[\da-f]+|\d+);/giu, (_, code: string) =>
      String.fromCodePoint(Number(code.startsWith('x') ? `0${code}` : code) % 0x11_00_00),
    );
}

/** Whether what is pasted or dropped at the event's place is text that is meant for that field. */
export function takesText(event: Event): boolean {
  const [target] = event.composedPath();
  return (
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && TEXT_INPUTS.has(target.type)) ||
    (target instanceof HTMLElement && target.isContentEditable)
  );
}

const TEXT_INPUTS = new Set(['text', 'search', 'url', 'email', 'tel', 'number', 'password']);

/** Whether a paste or drop is the field's own: text, whatever pictures of it lie beside. */
export function isForField(event: Event, data: DataTransfer | null): boolean {
  return takesText(event) && data?.types.includes('text/plain') === true;
}
