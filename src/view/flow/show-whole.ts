/** As a `ref`: scrolls what has just opened into sight, no further than needed, in the picture and on the page. */
export function showWhole(element: HTMLElement | null): void {
  // Not every environment that lays out pages can scroll them.
  element?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
}
