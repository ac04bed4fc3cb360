/** Where a person makes a pack from published weights. */
import type { Locator, Page } from '@playwright/test';

export const panel = (page: Page): Locator => page.getByRole('region', { name: 'The original LXMERT' });
export const dialog = (page: Page): Locator => page.getByRole('dialog', { name: 'Get the original LXMERT' });
export const consent = (page: Page): Locator =>
  dialog(page).getByRole('checkbox', { name: /fetch these files/u });
export const start = (page: Page): Locator =>
  dialog(page).getByRole('button', { name: 'Download and convert' });

/** From the page to a pack of halves that is ready. */
export async function makeInHalves(page: Page): Promise<void> {
  await panel(page).getByRole('button', { name: 'Get the original LXMERT' }).click();
  await dialog(page).getByRole('radio', { name: /^fp16/u }).check();
  await consent(page).check();
  await start(page).click();
  await dialog(page).getByText('LXMERT, VQA v2 (fp16) is ready.').waitFor({ timeout: 120_000 });
}
