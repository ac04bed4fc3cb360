/** Playwright's global set-up: the tests run against the built page, never against a dev server. */
import { buildWhenStale } from '../src/build/build-when-stale.ts';

export default async function buildPage(): Promise<void> {
  await buildWhenStale();
}
