/** Reads `answerability` of `pack.json`. */
import type { JsonField } from '../json-field.ts';
import type { Answerability, DoubtMeasures } from './pack.ts';

/** Null for a pack that says nothing about doubt. */
export function parseAnswerability(
  field: JsonField,
  file: (path: JsonField) => string,
): Answerability | null {
  if (field.value === undefined) return null;
  return {
    words: file(field.at('words')),
    bias: field.at('bias').number(),
    weights: Object.fromEntries(
      field
        .at('weights')
        .entries()
        .map(([name, weight]) => [name, weight.number()]),
    ),
    warnBelow: field.at('warnBelow').fraction(),
    notFoundBelow: field.at('notFoundBelow').fraction(),
    measured: field.at('measured').value === undefined ? null : parseMeasures(field.at('measured')),
  };
}

function parseMeasures(field: JsonField): DoubtMeasures {
  return {
    questions: field.at('questions').count(),
    auroc: field.at('auroc').fraction(),
    kinds: new Map(
      field
        .at('kinds')
        .entries()
        .map(([kind, row]) => [
          kind,
          {
            questions: row.at('questions').count(),
            accuracy: row.at('accuracy').fraction(),
            warned: row.at('warned').fraction(),
          },
        ]),
    ),
  };
}
