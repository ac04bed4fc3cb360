/** Memory of the process that a page runs in, as the operating system counts it; Linux alone tells. */
import { readFile } from 'node:fs/promises';
import type { Browser } from '@playwright/test';

export interface MemoryWatch {
  /** The most since the last call, in MB; null where the system does not tell. */
  most(): number | null;
  stop(): void;
}

const EVERY_MS = 250;
const KILOBYTES = /^VmRSS:\s+(?<kilobytes>\d+) kB$/mu;

/** Watches the largest of the browser's renderers, which is the page's. */
export async function watchRenderer(browser: Browser): Promise<MemoryWatch> {
  const devtools = await browser.newBrowserCDPSession();
  let most: number | null = null;
  const ended = new AbortController();
  const look = async (): Promise<void> => {
    const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
    for (const { id, type } of processInfo) {
      const kilobytes = type === 'renderer' ? await residentKilobytes(id) : null;
      if (kilobytes !== null) most = Math.max(most ?? 0, kilobytes / 1000);
    }
  };
  const watch = async (): Promise<void> => {
    while (!ended.signal.aborted) {
      await look();
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
  };
  // The browser's end is the watch's.
  watch().catch(() => undefined);
  return {
    most() {
      const found = most;
      most = null;
      return found;
    },
    stop: () => ended.abort(),
  };
}

/** Null for a process that has ended, and on other systems. */
async function residentKilobytes(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = KILOBYTES.exec(status)?.groups?.['kilobytes'];
  return kilobytes === undefined ? null : Number(kilobytes);
}
