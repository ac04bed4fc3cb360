/** Reads one explanation of a recording. */
import { REMOVALS, type Evidence, type PerHead } from '../core/explanation.ts';
import type { JsonField } from '../core/json-field.ts';
import { METHOD_IDS } from '../explain/registry.ts';
import { tensor } from '../core/tensor.ts';
import type { RecordedExplanation } from './recording.ts';

/** How many tokens and regions the recording has. */
interface Lengths {
  readonly tokens: number;
  readonly regions: number;
}

export function parseExplanation(field: JsonField, lengths: Lengths): RecordedExplanation {
  const orNull = <Value>(name: string, read: (present: JsonField) => Value): Value | null =>
    field.at(name).value === null ? null : read(field.at(name));
  const shares = field.at('shares');
  const signed = field.at('signed').value;
  return {
    method: field.at('method').oneOf(METHOD_IDS),
    answer: field.at('answer').text(),
    against: orNull('against', (against) => against.text()),
    logit: field.at('logit').number(),
    score: field.at('score').fraction(),
    ...parseEvidence(field, lengths),
    signed: typeof signed === 'boolean' ? signed : field.at('signed').fail('true or false'),
    unit: field.at('unit').text(),
    scale: field.at('scale').text(),
    removal: orNull('removal', (removal) => removal.oneOf([...REMOVALS, 'both'] as const)),
    standardErrors: orNull('standardErrors', (errors) => parseEvidence(errors, lengths)),
    shares: {
      text: shares.at('text').fraction(),
      image: shares.at('image').fraction(),
      standardError: fractionIn(shares.at('standardError')),
    },
    headImportance: orNull('headImportance', parsePerHead),
    runs: field.at('runs').number({ min: 0, integer: true }),
    durationMs: field.at('durationMs').number({ min: 0 }),
  };
}

/** Null also in recordings that were made before shares had errors. */
function fractionIn(field: JsonField): number | null {
  return field.value === null || field.value === undefined ? null : field.fraction();
}

function parseEvidence(field: JsonField, { tokens, regions }: Lengths): Evidence {
  return {
    tokens: Float32Array.from(field.at('tokens').numbers(tokens)),
    regions: Float32Array.from(field.at('regions').numbers(regions)),
  };
}

function parsePerHead(field: JsonField): PerHead {
  const module = (name: keyof PerHead): PerHead[keyof PerHead] => {
    const layers = field.at(name).at('layers').count();
    const heads = field.at(name).at('heads').count();
    const values = field
      .at(name)
      .at('values')
      .numbers(layers * heads);
    return tensor<readonly ['layer', 'head']>([layers, heads], Float32Array.from(values));
  };
  return {
    language: module('language'),
    vision: module('vision'),
    textToRegion: module('textToRegion'),
    regionToText: module('regionToText'),
    textSelf: module('textSelf'),
    regionSelf: module('regionSelf'),
  };
}
