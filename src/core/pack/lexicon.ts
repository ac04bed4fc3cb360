/** The words of a pack: what its names stand for, which words it practised, what no photo tells. */
import { JsonField } from '../json-field.ts';

export interface Lexicon {
  /** Phrases of up to three words, with the object classes that would show such a thing. */
  readonly names: ReadonlyMap<string, readonly number[]>;
  readonly practised: ReadonlySet<string>;
  /** Questions about what no photo tells, by topic: a pattern over words in lower case with a blank between them. */
  readonly topics: ReadonlyMap<string, RegExp>;
  /** Kinds of answers; `yes` and `no` have a meaning to the signals. */
  readonly answerGroups: ReadonlyMap<string, ReadonlySet<string>>;
  /** Words of which every question has one, unless it is short and names a thing; empty where a pack does not say. */
  readonly askers: ReadonlySet<string>;
}

/** Reads `question-words.json` of a pack. */
export function lexiconOf(root: JsonField): Lexicon {
  const askers = root.at('askers');
  return {
    names: new Map(
      root
        .at('names')
        .entries()
        .map(([name, classes]) => [name, classes.numbers()]),
    ),
    practised: new Set(root.at('practised').texts()),
    topics: new Map(
      root
        .at('topics')
        .entries()
        .map(([topic, patterns]) => [
          topic,
          new RegExp(`(?:^| )(?:${patterns.texts().join('|')})(?= |$)`, 'u'),
        ]),
    ),
    answerGroups: new Map(
      root
        .at('answerGroups')
        .entries()
        .map(([group, answers]) => [group, new Set(answers.items().map((item) => item.text()))]),
    ),
    askers: new Set(askers.value === undefined ? [] : askers.texts()),
  };
}
