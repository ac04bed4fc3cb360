/** Questions worth asking about a photo, built from what was found in it. */
import { boxArea, overlapOfSmaller } from '../../core/boxes.ts';
import type { Region } from '../../core/types.ts';
import { indefinite, isMassNoun, isPlural, namesIn, plural } from '../words/word-forms.ts';

const MAX_SUGGESTIONS = 6;
/** A kind of question whose answers are more often wrong than right is not worth suggesting. */
const MOSTLY_RIGHT = 0.5;
/** Below this a name is wrong more than one time in three, and a question about it would embarrass. */
const MIN_SCORE = 2 / 3;
/** Two boxes of one label that overlap more than this are the same thing seen twice. */
const SAME_THING_OVERLAP = 0.5;

const PEOPLE = namesIn('person, people, man, woman, boy, girl, child, baby, player, surfer, skier');
const ANIMALS = namesIn(
  'cat, dog, horse, sheep, cow, elephant, bear, zebra, giraffe, bird, duck, monkey, goat, animal',
);
/** Parts and surroundings: there, but not what one asks about first. */
const BACKGROUND =
  namesIn(`sky, ground, wall, floor, ceiling, grass, cloud, water, road, street, sidewalk, field,
  leg, hand, arm, head, ear, eye, nose, mouth, face, hair, neck, foot, tail, finger, leaf, branch, letter, number,
  word, logo, spot, frame, pavement, dirt, sand, snow`);
/** Their color says little, or everyone knows it. */
const COLORLESS = namesIn('window, mirror, picture, tv, pizza, zebra, giraffe, sun, light');
const SURFACES = namesIn('table, desk, plate, counter, shelf, bed, coffee table');

/** One kind of thing in the photo. */
interface Subject {
  readonly label: string;
  /** Regions of this label that do not overlap, the most certain first. */
  readonly regions: readonly [Region, ...Region[]];
}

interface Suggestion {
  readonly kind: string;
  readonly text: string | null;
}

/** How often answers to a kind of question were right when the pack was made. */
type MeasuredKinds = ReadonlyMap<string, { readonly accuracy: number }>;

/**
 * At most six, as varied as the photo allows, none twice; always at least one. With `measured`, kinds whose answers
 * were mostly wrong are left out, and the best come first.
 */
export function suggestQuestions(
  regions: readonly Region[],
  measured: MeasuredKinds | null = null,
): string[] {
  const subjects = groupByLabel(regions).toSorted((a, b) => prominence(b) - prominence(a));
  const things = subjects.filter(({ label }) => !BACKGROUND.has(label));
  const objects = things.filter(({ label }) => !PEOPLE.has(label));
  const colored = objects.filter(({ label }) => !COLORLESS.has(label));
  const suggestions: Suggestion[] = [
    { kind: 'colour', text: askColor(colored[0]) },
    { kind: 'count', text: askCount(things) },
    { kind: 'relation', text: askSide(things) },
    { kind: 'exists', text: askPresence(objects.slice(1)) },
    { kind: 'indoors', text: 'Is it indoors or outdoors?' },
    { kind: 'gqa open', text: askActivity(things) },
    { kind: 'gqa open', text: askWhatIsOn(subjects) },
    { kind: 'colour', text: askColor(colored[1]) },
    { kind: 'colour', text: askColor(subjects.find(({ label }) => label === 'sky')) },
    { kind: 'where', text: 'Where was this photo taken?' },
  ];
  const accuracyOf = ({ kind }: Suggestion): number => measured?.get(kind)?.accuracy ?? MOSTLY_RIGHT;
  const questions = suggestions
    .filter((suggestion) => accuracyOf(suggestion) >= MOSTLY_RIGHT)
    .toSorted((a, b) => accuracyOf(b) - accuracyOf(a))
    .flatMap(({ text }) => text ?? []);
  return [...new Set(questions.length > 0 ? questions : ['Where was this photo taken?'])].slice(
    0,
    MAX_SUGGESTIONS,
  );
}

function askColor(subject: Subject | undefined): string | null {
  if (!subject) return null;
  const isSeveral = subject.regions.length > 1;
  const name = isSeveral ? plural(subject.label) : subject.label;
  const isMany = !isMassNoun(name) && (isSeveral || isPlural(name));
  return `What color ${isMany ? 'are' : 'is'} the ${name}?`;
}

/** People first: whatever the regions call them, they are counted together. */
function askCount(subjects: readonly Subject[]): string | null {
  if (subjects.some(({ label }) => PEOPLE.has(label))) return 'How many people are there?';
  const subject = subjects.find(
    ({ label, regions }) => regions.length > 1 && !isMassNoun(label) && !isPlural(label),
  );
  return subject ? `How many ${plural(subject.label)} are there?` : null;
}

/** Between two things that are one of a kind and clearly beside each other. */
function askSide(subjects: readonly Subject[]): string | null {
  const single = subjects.filter(({ label, regions }) => regions.length === 1 && !isMassNoun(label));
  for (const [rank, first] of single.entries()) {
    const second = single.slice(rank + 1).find(({ regions }) => isBeside(first.regions[0], regions[0]));
    if (!second) continue;
    const verb = isPlural(first.label) ? 'Are' : 'Is';
    return `${verb} the ${first.label} to the left or to the right of the ${second.label}?`;
  }
  return null;
}

/** Of a person if there is one, else of an animal. */
function askActivity(subjects: readonly Subject[]): string | null {
  const single = subjects.filter(({ label, regions }) => regions.length === 1 && !isPlural(label));
  const subject =
    single.find(({ label }) => PEOPLE.has(label)) ?? single.find(({ label }) => ANIMALS.has(label));
  return subject ? `What is the ${subject.label} doing?` : null;
}

/** About something small or uncertain, so that the answer is worth having. */
function askPresence(subjects: readonly Subject[]): string | null {
  const label = subjects.at(-1)?.label;
  if (label === undefined) return null;
  if (isPlural(label)) return `Are there any ${label} in the picture?`;
  return `Is there ${isMassNoun(label) ? `any ${label}` : indefinite(label)} in the picture?`;
}

function askWhatIsOn(subjects: readonly Subject[]): string | null {
  const surface = subjects.find(({ label }) => SURFACES.has(label));
  return surface ? `What is on the ${surface.label}?` : null;
}

function groupByLabel(regions: readonly Region[]): Subject[] {
  const subjects = new Map<string, Subject>();
  const certain = regions.filter(({ score }) => score >= MIN_SCORE).toSorted((a, b) => b.score - a.score);
  for (const region of certain) {
    const { label, box } = region;
    const known = subjects.get(label);
    if (!known) subjects.set(label, { label, regions: [region] });
    else if (known.regions.every((other) => overlapOfSmaller(other.box, box) < SAME_THING_OVERLAP)) {
      subjects.set(label, { label, regions: [...known.regions, region] });
    }
  }
  return [...subjects.values()];
}

/** Certain and large things first; area under the square root, so that a wall does not outweigh a dog. */
function prominence({ regions: [best] }: Subject): number {
  return best.score * Math.sqrt(boxArea(best.box));
}

function isBeside(first: Region, second: Region): boolean {
  const distance = Math.abs(centreX(first) - centreX(second));
  return distance > (first.box.xmax - first.box.xmin + second.box.xmax - second.box.xmin) / 2;
}

function centreX({ box }: Region): number {
  return (box.xmin + box.xmax) / 2;
}
