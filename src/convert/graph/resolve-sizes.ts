/** The sizes of a checkpoint: from its `config.json`, or read off its weights, or else as published. */
import type { StoredTensor } from '../../checkpoint/stored-tensor.ts';
import { VqaError } from '../../core/errors.ts';
import type { RecipePart, SizeRule, SizeTerm } from '../recipe/recipe.ts';

export type Sizes = ReadonlyMap<string, number>;

/**
 * @param tensors by their names in recipes
 * @param configuration parsed `config.json`, null where there is none
 * @throws VqaError `checkpoint-mismatch` where the graphs cannot take the size
 */
export function resolveSizes(
  { name: packName, sizes: rules, required }: Pick<RecipePart, 'name' | 'sizes' | 'required'>,
  tensors: ReadonlyMap<string, StoredTensor>,
  configuration: unknown,
  checkpointName: string,
): Sizes {
  checkRequired(required, configuration);
  const sizes = new Map<string, number>();
  for (const [name, rule] of rules) {
    const found = fromConfiguration(rule, configuration) ?? fromTensors(rule, tensors) ?? rule.value;
    // Weights of another depth would be cut without a word: nothing else refers to the layers that are not read.
    const counted = countOf(rule, tensors) ?? found;
    if (counted !== found) {
      throw mismatch(`config.json says ${found} ${spoken(name)}, and ${checkpointName} has ${counted}.`);
    }
    if (rule.fixed && found !== rule.value) {
      throw mismatch(
        `${checkpointName} has ${found} ${spoken(name)}; the graphs of ${packName} are built for ${rule.value}, and no other number is supported.`,
      );
    }
    sizes.set(name, found);
  }
  const hidden = sizes.get('hidden');
  const heads = sizes.get('heads');
  if (hidden !== undefined && heads !== undefined) {
    if (hidden % heads !== 0) {
      throw mismatch(
        `${checkpointName} has ${heads} heads for ${hidden} hidden numbers, which they cannot share.`,
      );
    }
    sizes.set('headSize', hidden / heads);
  }
  return sizes;
}

/** @throws VqaError `pack-invalid` where the recipe names no such size */
export function sizeOf(term: SizeTerm, sizes: Sizes): number {
  if (typeof term === 'number') return term;
  const root = /^1\/sqrt\((?<name>\w+)\)$/u.exec(term)?.groups?.['name'];
  const { factor = 1, name = term } = /^(?<factor>\d+)\*(?<name>\w+)$/u.exec(term)?.groups ?? {};
  const size = sizes.get(root ?? name);
  if (size === undefined) {
    throw new VqaError('pack-invalid', `The recipe speaks of ${term} and has no such size.`);
  }
  return root === undefined ? Number(factor) * size : 1 / Math.sqrt(size);
}

/** What the graphs have built in, and no weight shows. */
function checkRequired(required: RecipePart['required'], configuration: unknown): void {
  for (const [key, wanted] of required) {
    const value = memberOf(configuration, key);
    if (value !== undefined && value !== wanted) {
      throw mismatch(`config.json says ${key} is ${JSON.stringify(value)}; only ${wanted} is supported.`);
    }
  }
}

function mismatch(message: string): VqaError {
  return new VqaError('checkpoint-mismatch', message);
}

function fromConfiguration({ config }: SizeRule, configuration: unknown): number | null {
  for (const key of config) {
    let value: unknown = configuration;
    for (const part of key.split('.')) value = memberOf(value, part);
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  }
  return null;
}

function memberOf(value: unknown, key: string): unknown {
  const isObject = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
  return isObject ? Object.entries(value).find(([name]) => name === key)?.[1] : undefined;
}

function fromTensors(rule: SizeRule, tensors: ReadonlyMap<string, StoredTensor>): number | null {
  if (rule.parameter === null) return countOf(rule, tensors);
  return tensors.get(rule.parameter.name)?.shape[rule.parameter.axis] ?? null;
}

/** Layers are counted from 0 on without a gap. */
function countOf({ counted }: SizeRule, tensors: ReadonlyMap<string, StoredTensor>): number | null {
  if (counted === null) return null;
  let count = 0;
  while (tensors.has(counted.replace('{}', String(count)))) count += 1;
  // None at all is another kind of file, of which the missing parameters will tell.
  return count === 0 ? null : count;
}

/** `languageLayers` as “language layers”. */
function spoken(name: string): string {
  return name.replaceAll(/[A-Z]/gu, (letter) => ` ${letter.toLowerCase()}`);
}
