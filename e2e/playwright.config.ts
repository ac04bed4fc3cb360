import { defineConfig } from '@playwright/test';
import { launchWith } from './find-chromium.ts';

export default defineConfig({
  testDir: 'tests',
  outputDir: '../test-results',
  globalSetup: './build-page.ts',
  // One browser with two WASM threads fills two cores; a second one beside it would only make timings lie.
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json', { outputFile: '../.cache/reports/browser.json' }]],
  use: {
    browserName: 'chromium',
    headless: true,
    launchOptions: launchWith(),
    viewport: { width: 1280, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    trace: 'off',
    screenshot: 'only-on-failure',
  },
});
