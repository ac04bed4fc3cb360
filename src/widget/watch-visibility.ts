/** How far outside the window an element already counts as seen. */
const MARGIN = '200px';

/** Calls back once, when the element is near the visible part of the page; returns what ends the watch. */
export function watchVisibility(element: Element, onVisible: () => void): () => void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      onVisible();
    },
    { rootMargin: MARGIN },
  );
  observer.observe(element);
  return () => observer.disconnect();
}

/** What the Network Information API says where there is one. */
export function wantsToSaveData(): boolean {
  const { connection } = navigator as Navigator & { readonly connection?: { readonly saveData?: boolean } };
  return connection?.saveData === true;
}
