import { defineConfig } from '@playwright/test';
import { launchWith } from './find-chromium.ts';

/** What a clock or a memory meter decides: one after the other, with nothing beside them. */
const MEASURED = /(?:full-size|recorded-samples|responsiveness)\.spec\.ts$/u;

export default defineConfig({
  testDir: 'tests',
  outputDir: '../test-results',
  globalSetup: './build-page.ts',
  // Loading and waiting leave a core free.
  workers: 2,
  projects: [
    { name: 'page', testIgnore: MEASURED },
    // Firefox was seen to stay at opening the models once in some ten visits on a busy machine.
    { name: 'engines', testDir: 'engines', retries: 2 },
    { name: 'servers', testDir: 'servers' },
    { name: 'measured', testMatch: MEASURED, workers: 1, dependencies: ['page', 'engines', 'servers'] },
  ],
  // A machine that does other work too may take a test over its time once.
  retries: process.env['CI'] ? 1 : 0,
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
    // What it stores, it fetches in the background: only its own test waits for that.
    serviceWorkers: 'block',
    trace: 'off',
    screenshot: 'only-on-failure',
  },
});
