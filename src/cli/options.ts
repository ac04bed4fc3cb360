/** What the commands read of their options; a complaint names the option. */
import { UsageError } from './command.ts';

export function required(option: string, text: string | undefined): string {
  if (text === undefined) throw new UsageError(`${option} is missing`);
  return text;
}

/** Above 0. */
export function wholeNumber(option: string, text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new UsageError(`${option} is ${text}, must be a whole number above 0`);
}

const LAST_PORT = 65_535;

/** 0 stands for any that is free. */
export function portNumber(option: string, text: string): number {
  if (/^\d+$/u.test(text) && Number(text) <= LAST_PORT) return Number(text);
  throw new UsageError(`${option} is “${text}”, must be a whole number from 0 to ${LAST_PORT}`);
}

export function oneOf<Name extends string>(option: string, text: string, known: readonly Name[]): Name {
  const found = known.find((one) => one === text.trim());
  if (found === undefined) throw new UsageError(`${option} is ${text}, must be of ${known.join(', ')}`);
  return found;
}

/** Names with commas between them. */
export function listOf<Name extends string>(
  option: string,
  text: string,
  known: readonly Name[],
): readonly Name[] {
  return text.split(',').map((name) => oneOf(option, name, known));
}

/** Evenly over the list, which is often sorted by kind. */
export function spreadOver<Item>(items: readonly Item[], limit: string | undefined): readonly Item[] {
  if (limit === undefined) return items;
  const count = wholeNumber('--limit', limit);
  if (count >= items.length) return items;
  return items.filter(
    (_, i) => Math.floor((i * count) / items.length) !== Math.floor(((i - 1) * count) / items.length),
  );
}
