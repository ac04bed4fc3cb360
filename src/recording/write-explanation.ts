/** An explanation as it stands in the file of a recording. */
import type { Evidence, PerHead } from '../core/explanation.ts';
import type { RecordedExplanation } from './recording.ts';

const SIGNIFICANT_DIGITS = 5;

export function explanationOf(explanation: RecordedExplanation): object {
  const { standardErrors, headImportance } = explanation;
  return {
    ...explanation,
    ...evidenceOf(explanation),
    standardErrors: standardErrors && evidenceOf(standardErrors),
    headImportance: headImportance && perHeadOf(headImportance),
  };
}

function evidenceOf({ tokens, regions }: Evidence): object {
  return { tokens: rounded(tokens), regions: rounded(regions) };
}

function perHeadOf(perHead: PerHead): object {
  const modules = Object.entries(perHead).map(([name, { dims, data }]) => {
    const [layers, heads] = dims;
    return [name, { layers, heads, values: rounded(data) }];
  });
  return Object.fromEntries(modules);
}

function rounded(values: Float32Array): number[] {
  return Array.from(values, (value) => Number(value.toPrecision(SIGNIFICANT_DIGITS)));
}
