/** Sentences that differ from one by a word, or by the order of two: what a model that only counts words cannot tell apart. */

export interface KnownWords {
  readonly objects: readonly string[];
  readonly attributes: readonly string[];
}

const SUBSTITUTES = 2;

/** Every thing and every attribute gives way to others, those of `likely` first; the first two things change places. */
export function swapWords(sentence: string, known: KnownWords, likely: readonly string[]): readonly string[] {
  const words = sentence.split(/(?<![\p{L}\p{N}])(?=[\p{L}\p{N}])|(?<=[\p{L}\p{N}])(?![\p{L}\p{N}])/u);
  const nameAt = (names: readonly string[], index: number): string | null => {
    const word = (words[index] ?? '').toLowerCase();
    return names.find((name) => name === word) ?? null;
  };
  const swapped: string[] = [];
  const things: number[] = [];
  const has = new Set(words.map((word) => word.toLowerCase()));
  for (const index of words.keys()) {
    for (const names of [known.attributes, known.objects]) {
      if (nameAt(names, index) === null) continue;
      if (names === known.objects) things.push(index);
      const others = names.filter((name) => !has.has(name) && /^\p{L}+$/u.test(name));
      const first = likely.filter((name) => others.includes(name));
      for (const other of [...new Set([...first, ...others])].slice(0, SUBSTITUTES)) {
        swapped.push(words.with(index, other).join(''));
      }
    }
  }
  const [left, right] = things;
  if (left !== undefined && right !== undefined && words[left] !== words[right]) {
    swapped.push(
      words
        .with(left, words[right] ?? '')
        .with(right, words[left] ?? '')
        .join(''),
    );
  }
  return [...new Set(swapped)];
}
