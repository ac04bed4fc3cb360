/** What the engine's worker runs: an engine and a port, and nothing else. */
import { createBrowserEngine } from '../engine/create-browser-engine.ts';
import { serveEngine } from './engine-boundary.ts';
import { startRequestLog } from './start-request-log.ts';

export function startEngine(): void {
  startRequestLog();
  serveEngine(createBrowserEngine(), globalThis);
}
