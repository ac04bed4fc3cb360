/** Checks of what other people's scripts hand over; every complaint names the value, what it is and what it must be. */

/** @throws TypeError unless `value` is an object; its own fields otherwise. */
export function fieldsOf(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError(`${name} is ${said(value)}, must be an object`);
  return Object.fromEntries(Object.entries(value));
}

/** @throws TypeError */
export function textOf(given: unknown, name: string, most: number): string {
  if (typeof given !== 'string') throw new TypeError(`${name} is ${said(given)}, must be text`);
  if (given.length <= most) return given;
  throw new TypeError(`${name} has ${given.length} characters, must have ${most} at most`);
}

/** @throws TypeError */
export function oneOf<Value>(values: readonly Value[], given: unknown, name: string): Value {
  const found = values.find((value) => value === given);
  if (found === undefined)
    throw new TypeError(`${name} is ${said(given)}, must be one of ${values.join(', ')}`);
  return found;
}

/** @throws TypeError */
export function indexOf(given: unknown, name: string, orElse = ''): number {
  if (typeof given === 'number' && Number.isSafeInteger(given) && given >= 0) return given;
  throw new TypeError(`${name} is ${said(given)}, must be a whole number from 0${orElse}`);
}

/** @throws TypeError unless it is a whole number from 0, or `word`. */
export function indexOr<Word>(word: Word, given: unknown, name: string): number | Word {
  return given === word ? word : indexOf(given, name, ` or ${said(word)}`);
}

/** @throws TypeError */
export function numberWithin([least, most]: readonly [number, number], given: unknown, name: string): number {
  if (typeof given === 'number' && given >= least && given <= most) return given;
  throw new TypeError(`${name} is ${said(given)}, must be a number from ${least} to ${most}`);
}

/** A value as a person would write it, however long or strange. */
export function said(value: unknown): string {
  if (value === undefined) return 'missing';
  if (typeof value === 'string') return `“${value.length > 60 ? `${value.slice(0, 60)}…` : value}”`;
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return String(value);
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
