/** Where things will be found from another page. */
import type { Photo } from '../../session/work/state.ts';

/** The folder of this page. */
export function pageFolder(): string {
  return new URL('.', document.baseURI).href;
}

/** A photo of the person's own has an address only once they have put it somewhere. */
export function addressOfPhoto({ source, name, url }: Photo): string {
  if (source === 'sample') return new URL(`samples/${name}`, document.baseURI).href;
  return url ?? name;
}

/** The folder of a pack that the address of this page names; null for the one that the element finds by itself. */
export function otherPack(): string | null {
  const pack = new URLSearchParams(location.search).get('pack');
  return pack === null ? null : new URL(pack, document.baseURI).href;
}
