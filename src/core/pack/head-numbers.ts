/** What the card of a pack says of its heads: how often each was right, and how often one would be by chance. */
import type { TaskHead } from './pack.ts';
import type { ModelCard } from './model-card.ts';

export interface HeadNumber {
  readonly judged: number;
  /** 0..1 */
  readonly right: number;
  readonly byChance: number;
}

/** The columns by which the table is found. */
const COLUMNS = ['task', 'judged', 'right', 'by chance'];

/** The first cell of a head's row. */
const ROWS: Readonly<Record<TaskHead, string>> = {
  matching: 'matching',
  twoPhotos: 'two photos',
  maskedWords: 'masked words',
  maskedObjects: 'masked regions, label',
};

/** Less than this above chance is next to nothing, 0..1. */
const NEAR = 0.05;

/** Null where the card has no such number. */
export function headNumber(card: ModelCard | null, head: TaskHead): HeadNumber | null {
  const tables = card?.sections.flatMap(({ tables: all }) => all) ?? [];
  const table = tables.find(({ columns }) => COLUMNS.every((name, place) => columns[place] === name));
  const row = table?.rows.find(([name]) => name === ROWS[head]);
  const [judged, right, byChance] = (row ?? []).slice(1).map((cell) => Number.parseFloat(cell));
  if (judged === undefined || right === undefined || byChance === undefined) return null;
  return [judged, right, byChance].every(Number.isFinite) ? { judged, right, byChance } : null;
}

export function isNearChance({ right, byChance }: HeadNumber): boolean {
  return right - byChance < NEAR;
}
