/** Explanations in words: the names of the methods, and what a map says as a sentence. */
import {
  addUpByName,
  describePlace,
  describeTokenAttention,
  heaviestNames,
  type NamedWeight,
} from './describe-attention.ts';
import {
  BASELINES,
  type Baseline,
  type Ranking,
  type Removal,
  type Scope,
  type Shares,
} from '../../core/explanation.ts';
import { LEAST_SHARE, thingsOf, weighThings } from '../../core/things.ts';
import { methodOf } from '../../explain/registry.ts';
import { percent } from '../../core/percent.ts';
import type { Region, Token } from '../../core/types.ts';
import type { ShownExplanation } from '../inquiry/show-explanation.ts';

const BASELINE_NAMES: Readonly<Record<Baseline, string>> = {
  random: 'Random order',
  'box-area': 'Largest box first',
  'detector-confidence': 'Surest region first',
  'reading-order': 'First word first',
  'word-length': 'Longest word first',
};

/** Methods and baselines, as the page names them. */
export function rankingName(ranking: Ranking): string {
  const baseline = BASELINES.find((each) => each === ranking);
  return baseline === undefined ? methodOf(ranking).name : BASELINE_NAMES[baseline];
}

/** How something is taken away, by what it is. */
export const REMOVAL_NAMES: Readonly<Record<Scope, Readonly<Record<Removal, string>>>> = {
  regions: { mask: 'removed completely', 'zero-feature': 'blanked in place' },
  words: { mask: 'removed completely', 'zero-feature': 'blanked in place' },
  both: { mask: 'removed completely', 'zero-feature': 'blanked in place' },
};

/** What the names stand for, one sentence each. */
export const REMOVAL_MEANINGS: Readonly<Record<Removal | 'both', string>> = {
  mask: 'Removed completely: nothing in the model looks at that region or word, and nothing counts it.',
  'zero-feature':
    'Blanked in place: a region keeps its box but loses what is in it; a word becomes [MASK], as in training.',
  both: 'Taken away in two ways, removed completely and blanked in place: the mean of the two.',
};

export const SCOPE_NAMES: Readonly<Record<Scope, string>> = {
  regions: 'Regions',
  words: 'Words',
  both: 'Both',
};

/** “60 % of regions”. */
export const SCOPE_NOUNS: Readonly<Record<Scope, string>> = {
  regions: 'regions',
  words: 'words',
  both: 'regions and words',
};

/** `+0.62`, `−0.10`: with a sign, and a minus that is as wide as a plus. */
export function signedAmount(amount: number): string {
  const digits = Math.abs(amount).toFixed(2);
  if (Number(digits) === 0) return '0.00';
  return `${amount < 0 ? '−' : '+'}${digits}`;
}

/** “the cup (62 %)” */
function named({ name, weight }: NamedWeight): string {
  return `${name} (${percent(weight)})`;
}

/** “The cup decided this (62 %), then the spoon (20 %). The table counted against it (12 %).” */
export function photoSentence({ regions, exchange, answer }: ShownExplanation): string {
  const found = exchange.scene.regions;
  const things = weighThings(found, regions.weights);
  const names = things.map(({ index }) => thingName(found, index));
  // Two that would be called the same, as two beaches at the bottom, are added up.
  const [[first, ...others] = [], against] = [1, -1].map((sign) =>
    heaviestNames(
      things.map(({ share }) => Math.max(0, share * sign)),
      names,
    )
      .filter(({ weight }) => weight >= LEAST_SHARE)
      .slice(0, NAMED),
  );
  // Nothing decided an answer that was not given.
  const isGiven = answer === exchange.prediction.answers[0]?.answer;
  const verb = !isGiven
    ? 'speaks most for it'
    : first && first.weight >= 0.5
      ? 'decided this'
      : 'counted most';
  const support = first
    ? `${capital(first.name)} ${verb} (${percent(first.weight)})${others
        .map((other) => `, then ${named(other)}`)
        .join('')}.`
    : `Nothing in particular in the photo ${isGiven ? 'decided this' : 'speaks for it'}.`;
  return against?.length ? `${support} ${capital(listed(against.map(named)))} counted against it.` : support;
}

/** Where it is, is said of one of several of its name. */
function thingName(regions: readonly Region[], index: number): string {
  const { label, box } = regions[index]!;
  const alike = thingsOf(regions).filter(([first = 0]) => regions[first]?.label === label);
  return alike.length > 1 ? `the ${label} ${describePlace(box)}` : `the ${label}`;
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** “Mostly “color”, 52 %.” */
export function wordsSentence({ words, tokens }: ShownExplanation): string {
  const { weights, isSigned } = words;
  if (isSigned) return signedSentence(weights, tokens.map(quoted), 'places', 'No word speaks');
  if (weights.every((weight) => weight === 0)) return 'No evidence in the words.';
  // The marks around the question are no words.
  const isWord = tokens.map(({ kind }) => kind !== 'special');
  const said = describeTokenAttention(
    weights.filter((_, index) => isWord[index]),
    tokens.filter((_, index) => isWord[index]),
  );
  return `${capital(said)}.`;
}

/** “60 % of the evidence is in the photo, 40 % in the words, each ± 2 points.” */
export function sharesSentence({ text, image, standardError }: Shares): string {
  const points = Math.max(1, Math.round((standardError ?? 0) * 100));
  const error = standardError === null ? '' : `, each ± ${points} ${points === 1 ? 'point' : 'points'}`;
  return `${percent(image)} of the evidence is in the photo, ${percent(text)} in the words${error}.`;
}

const NAMED = 3;
/** Evidence below this part of the strongest is not worth a clause. */
const WORTH_NAMING = 0.15;

/** Those of one name are added up: “+1.90 in 3 regions”. */
function signedSentence(
  weights: ArrayLike<number>,
  names: readonly string[],
  plural: string,
  nothing: string,
): string {
  const ranked = addUpByName(weights, names).toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  const strongest = Math.abs(ranked[0]?.weight ?? 0);
  if (strongest === 0) return `${nothing} for or against it.`;
  const clauses = (sign: 1 | -1) =>
    ranked
      .filter(({ weight }) => weight * sign >= strongest * WORTH_NAMING)
      .slice(0, NAMED)
      .map(
        ({ name, weight, keys }) =>
          `${name}, ${signedAmount(weight)}${keys > 1 ? ` in ${keys} ${plural}` : ''}`,
      )
      .join('; ');
  const [speaksFor, against] = [clauses(1), clauses(-1)];
  return [
    speaksFor ? `For it: ${speaksFor}.` : `${nothing} for it.`,
    against ? `Against it: ${against}.` : '',
  ]
    .filter(Boolean)
    .join(' ');
}

function quoted({ text }: Token): string {
  return `“${text}”`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
