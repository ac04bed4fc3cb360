/** Where a file that a recipe names is fetched from. */
import { VqaError } from '../../core/errors.ts';
import type { RecipeSource } from '../recipe/recipe.ts';

/**
 * In the order in which they are tried.
 * @param hubUrls take the place of `{hub}`, each in turn
 */
export function addressesOf(
  { url, mirrors }: Pick<RecipeSource, 'url' | 'mirrors'>,
  hubUrls: readonly string[],
): readonly string[] {
  const onHubs = [url, ...mirrors].flatMap((address) =>
    hubUrls.map((hub) => address.replace('{hub}', hub.replace(/\/+$/u, ''))),
  );
  return [...new Set(onHubs)];
}

/** @throws VqaError `checkpoint-missing` for what a person entered that is no address of a file on the web */
export function webAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && /^https?:$/u.test(url.protocol)) return url.href;
  throw new VqaError('checkpoint-missing', `“${text}” is no web address: one starts with https://.`);
}
