/** Questions worth asking about a photo, built from what was found in it. */
import type { Region } from '../core/types.ts';
import { definite, isMassNoun, isPlural, plural } from './word-forms.ts';

const MAX_SUGGESTIONS = 6;
/** Below this a region is more likely wrong than right, and a question about it would embarrass. */
const MIN_SCORE = 0.3;

const PEOPLE = new Set([
  'person',
  'people',
  'man',
  'woman',
  'boy',
  'girl',
  'child',
  'baby',
  'player',
  'surfer',
  'skier',
]);
/** Parts and surroundings: there, but not what one asks about first. */
const BACKGROUND = new Set([
  ...[
    'sky',
    'ground',
    'wall',
    'floor',
    'ceiling',
    'grass',
    'cloud',
    'water',
    'road',
    'street',
    'sidewalk',
    'field',
  ],
  ...[
    'leg',
    'hand',
    'arm',
    'head',
    'ear',
    'eye',
    'nose',
    'mouth',
    'face',
    'hair',
    'neck',
    'foot',
    'tail',
    'finger',
  ],
  ...[
    'leaf',
    'branch',
    'letter',
    'number',
    'word',
    'logo',
    'spot',
    'frame',
    'pavement',
    'dirt',
    'sand',
    'snow',
  ],
]);
/** Their colour says little, or everyone knows it. */
const COLOURLESS = new Set([
  ...PEOPLE,
  ...BACKGROUND,
  'window',
  'mirror',
  'picture',
  'tv',
  'pizza',
  'zebra',
  'giraffe',
]);

/** One kind of thing in the photo. */
interface Subject {
  readonly label: string;
  readonly count: number;
  /** The most certain region of its kind. */
  readonly best: Region;
}

/** At most six, as varied as the photo allows, none twice; always at least one. */
export function suggestQuestions(regions: readonly Region[]): string[] {
  const subjects = groupByLabel(regions).toSorted((a, b) => prominence(b) - prominence(a));
  const things = subjects.filter(({ label }) => !BACKGROUND.has(label));
  const objects = things.filter(({ label }) => !PEOPLE.has(label));
  const questions = [
    askColour(things),
    askCount(things),
    askSide(things),
    askActivity(things),
    'Where was this photo taken?',
    askPresence(objects),
    askWhatIsOn(subjects),
    'Is it indoors or outdoors?',
    askColour(things.filter(({ label }) => !COLOURLESS.has(label)).slice(1)),
  ];
  return [...new Set(questions.filter((question) => question !== null))].slice(0, MAX_SUGGESTIONS);
}

function askColour(subjects: readonly Subject[]): string | null {
  const subject = subjects.find(({ label }) => !COLOURLESS.has(label));
  if (!subject) return null;
  const { label, count } = subject;
  if (isMassNoun(label)) return `What color is ${definite(label)}?`;
  const name = count > 1 ? plural(label) : label;
  return `What color ${count > 1 || isPlural(label) ? 'are' : 'is'} ${definite(name)}?`;
}

/** People first: whatever the regions call them, they are counted together. */
function askCount(subjects: readonly Subject[]): string | null {
  if (subjects.some(({ label }) => PEOPLE.has(label))) return 'How many people are there?';
  const subject = subjects.find(({ label, count }) => count > 1 && !isMassNoun(label) && !isPlural(label));
  return subject ? `How many ${plural(subject.label)} are there?` : null;
}

/** Between two things that are one of a kind and clearly beside each other. */
function askSide(subjects: readonly Subject[]): string | null {
  const single = subjects.filter(({ count, label }) => count === 1 && !isMassNoun(label));
  for (const [rank, first] of single.entries()) {
    const second = single.slice(rank + 1).find(({ best }) => isBeside(first.best, best));
    if (!second) continue;
    const side = centreX(first.best) < centreX(second.best) ? 'left' : 'right';
    const verb = isPlural(first.label) ? 'Are' : 'Is';
    return `${verb} ${definite(first.label)} to the ${side} of ${definite(second.label)}?`;
  }
  return null;
}

function askActivity(subjects: readonly Subject[]): string | null {
  const people = subjects.filter(({ label }) => PEOPLE.has(label) && !isPlural(label));
  const subject = people.find(({ count }) => count === 1);
  return subject ? `What is ${definite(subject.label)} doing?` : null;
}

function askPresence(subjects: readonly Subject[]): string | null {
  const subject = subjects.at(-1);
  if (!subject) return null;
  const { label } = subject;
  if (isMassNoun(label)) return `Is there any ${label} in the picture?`;
  return isPlural(label)
    ? `Are there any ${label} in the picture?`
    : `Are there any ${plural(label)} in the picture?`;
}

function askWhatIsOn(subjects: readonly Subject[]): string | null {
  const surface = subjects.find(({ label }) =>
    ['table', 'desk', 'plate', 'counter', 'shelf', 'bed'].includes(label),
  );
  return surface ? `What is on ${definite(surface.label)}?` : null;
}

function groupByLabel(regions: readonly Region[]): Subject[] {
  const certain = regions.filter(({ score }) => score >= MIN_SCORE);
  const groups = Map.groupBy(certain, ({ label }) => label);
  return [...groups].map(([label, group]) => ({
    label,
    count: group.length,
    best: group.reduce((best, region) => (region.score > best.score ? region : best)),
  }));
}

/** Certain and large things first; area under the square root, so that a wall does not outweigh a dog. */
function prominence({ best }: Subject): number {
  const { xmin, ymin, xmax, ymax } = best.box;
  return best.score * Math.sqrt((xmax - xmin) * (ymax - ymin));
}

function isBeside(first: Region, second: Region): boolean {
  const distance = Math.abs(centreX(first) - centreX(second));
  return distance > (first.box.xmax - first.box.xmin + second.box.xmax - second.box.xmin) / 2;
}

function centreX({ box }: Region): number {
  return (box.xmin + box.xmax) / 2;
}
