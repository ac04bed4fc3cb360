/** What a recipe says of one weight. */
import type { JsonField } from '../../core/json-field.ts';
import type { SizeTerm, WeightRule } from './recipe.ts';

/** A weight that the recipe says nothing about is the parameter of its own name, as it is. */
export function plainWeight(name: string): WeightRule {
  return {
    parameters: [name],
    rows: null,
    isTransposed: false,
    batchNorm: null,
    isReshaped: false,
    dims: null,
    fallback: null,
  };
}

export function parseWeightRule(rule: JsonField, name: string): WeightRule {
  const parameter = rule.at('parameter');
  const norm = rule.at('batchNorm');
  const dims = rule.at('dims');
  const fallback = rule.at('default');
  return {
    parameters: parametersOf(parameter, name),
    rows: rowsOf(rule.at('rows')),
    isTransposed: rule.at('transpose').value === true,
    batchNorm: isAbsent(norm)
      ? null
      : {
          prefix: norm.at('prefix').text(),
          epsilon: norm.at('epsilon').number({ min: 0 }),
          part: norm.at('part').oneOf(['kernel', 'bias']),
        },
    isReshaped: rule.at('reshape').value === true,
    dims: isAbsent(dims) ? null : dims.items().map(sizeTerm),
    fallback: isAbsent(fallback) ? null : fallback.numbers(),
  };
}

export function sizeTerm(term: JsonField): SizeTerm {
  return typeof term.value === 'number' ? term.number() : term.text();
}

function parametersOf(parameter: JsonField, name: string): readonly string[] {
  if (isAbsent(parameter)) return [name];
  return Array.isArray(parameter.value) ? parameter.texts() : [parameter.text()];
}

function rowsOf(rows: JsonField): WeightRule['rows'] {
  if (isAbsent(rows)) return null;
  if (typeof rows.value !== 'object') return { from: 0, to: sizeTerm(rows) };
  return { from: sizeTerm(rows.at('from')), to: sizeTerm(rows.at('to')) };
}

function isAbsent({ value }: JsonField): boolean {
  return value === undefined || value === null;
}
