/** Finds a Chromium to test with, and has Playwright fetch one when the machine has none. */
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

const COMMANDS = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
];

/** Where browsers live that are not on the PATH. */
const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function findInstalled(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const onPath = COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command)));
  return [...onPath, ...APPLICATIONS, chromium.executablePath()].find(isExecutable);
}

/**
 * The path of a browser's executable: `$CHROMIUM`, else one that is installed, else Playwright's own download.
 * @throws Error when `$CHROMIUM` names nothing, or the download fails.
 */
export function findChromium(): string {
  const chosen = process.env['CHROMIUM'];
  if (chosen) {
    if (!existsSync(chosen)) throw new Error(`CHROMIUM names a file that does not exist: ${chosen}`);
    return chosen;
  }
  const installed = findInstalled();
  if (installed) return installed;
  console.log('No Chromium found: running npx playwright install chromium.');
  try {
    execFileSync('npx', ['playwright', 'install', 'chromium'], {
      stdio: 'inherit',
      shell: process.platform === 'win32',
    });
  } catch (error) {
    throw new Error(
      'no Chromium was found and none could be downloaded: install Chromium or Chrome, or set CHROMIUM to its path',
      { cause: error },
    );
  }
  return chromium.executablePath();
}

/** Quiet, reproducible, and able to start as root, where Chromium refuses its sandbox. */
export const CHROMIUM_ARGS: readonly string[] = [
  '--no-first-run',
  '--disable-quic',
  '--disable-sync',
  '--disable-background-networking',
  '--disable-component-update',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** Launch options with more flags than usual. */
export function launchWith(...flags: string[]): { executablePath: string; args: string[] } {
  return { executablePath: findChromium(), args: [...CHROMIUM_ARGS, ...flags] };
}
