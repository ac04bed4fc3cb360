import type { Region } from './types.ts';
import { percent } from './percent.ts';

/** “white cup”: the most probable attribute and the name. */
export function regionName({ label, attributes }: Region): string {
  const [first] = attributes;
  return first ? `${first.label} ${label}` : label;
}

/** “white cup, 62 %”. */
export function regionWords(region: Region): string {
  return `${regionName(region)}, ${percent(region.score)}`;
}

/** Whether a region has every word of `filter` in its name or an attribute. */
export function matchesFilter({ label, attributes }: Region, filter: string): boolean {
  const names = [label, ...attributes.map((attribute) => attribute.label)].join(' ').toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => names.includes(word));
}
