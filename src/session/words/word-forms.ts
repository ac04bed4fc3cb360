/** Just enough English grammar to put an object name into a question. */

const IRREGULAR: Readonly<Record<string, string>> = {
  person: 'people',
  man: 'men',
  woman: 'women',
  child: 'children',
  foot: 'feet',
  tooth: 'teeth',
  mouse: 'mice',
  goose: 'geese',
  knife: 'knives',
  shelf: 'shelves',
  bookshelf: 'bookshelves',
  leaf: 'leaves',
  loaf: 'loaves',
  potato: 'potatoes',
  tomato: 'tomatoes',
  scarf: 'scarves',
  sheep: 'sheep',
  fish: 'fish',
  deer: 'deer',
  aircraft: 'aircraft',
};

/** Names that stand for several things or for a pair. */
const ALWAYS_PLURAL =
  namesIn(`people, pants, shorts, jeans, glasses, sunglasses, skis, stairs, clothes, goggles,
  teeth, blinds, scissors, weeds, power lines, train tracks, french fries, sprinkles, lips, headphones`);

/** Names that are not counted. */
const MASS_NOUNS =
  namesIn(`grass, water, snow, sand, dirt, hair, food, fur, ground, sky, broccoli, bread, cheese,
  paint, meat, frosting, gravel, sauce, graffiti, wine, trash, lettuce, smoke, skin, rice, toilet paper, hay, moss,
  tape, salad, bacon, beer, coffee, soap, soup, pasta, ice cream, paper, pavement, ocean, wood, metal, furniture,
  luggage, equipment, juice, milk, shrimp, fruit`);

export function isPlural(noun: string): boolean {
  return ALWAYS_PLURAL.has(noun);
}

export function isMassNoun(noun: string): boolean {
  return MASS_NOUNS.has(noun);
}

/** The plural of a name of one or more words: the last word changes (“wine glasses”). */
export function plural(noun: string): string {
  if (isPlural(noun) || isMassNoun(noun)) return noun;
  const words = noun.split(' ');
  const last = words.pop() ?? '';
  return [...words, pluralWord(last)].join(' ');
}

/** “a dog”, “an umbrella”, and no article for what is not counted one by one. */
export function indefinite(noun: string): string {
  if (isPlural(noun) || isMassNoun(noun)) return noun;
  return /^([aeio]|u(?!ni|se|te))/.test(noun) ? `an ${noun}` : `a ${noun}`;
}

function pluralWord(word: string): string {
  const irregular = IRREGULAR[word];
  if (irregular !== undefined) return irregular;
  if (/(s|x|z|ch|sh)$/.test(word)) return `${word}es`;
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return `${word}s`;
}

/** A set of names from a list with commas. */
export function namesIn(list: string): ReadonlySet<string> {
  return new Set(list.split(/,\s*/));
}
