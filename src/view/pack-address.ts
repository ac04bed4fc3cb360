/** The page's own address with another model pack, or with the one that comes with it; what was on screen stays behind. */
export function addressWithPack(packUrl: string | null): string {
  const query = new URLSearchParams(location.search);
  if (packUrl === null) query.delete('pack');
  else query.set('pack', packUrl);
  const text = query.toString();
  return text === '' ? location.pathname : `${location.pathname}?${text}`;
}

/** Whether the address names a pack. */
export function hasChosenPack(): boolean {
  return new URLSearchParams(location.search).has('pack');
}
