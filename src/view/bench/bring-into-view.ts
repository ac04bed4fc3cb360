/** A click shows what it changed, wherever that is on the page. */

/** The places that a click elsewhere can change. */
export type Place = 'question' | 'found' | 'how-it-works';

/** Waits for what the click has rendered; a place that is in sight already stays where it is. */
export function bringIntoView(place: Place): void {
  requestAnimationFrame(() => {
    const smoothly = !window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    // Not every environment that lays out pages can scroll them.
    document
      .querySelector(`#${place}`)
      ?.scrollIntoView?.({ block: 'nearest', behavior: smoothly ? 'smooth' : 'auto' });
  });
}
