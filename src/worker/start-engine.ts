/** What the engine's worker runs: an engine and a port, and nothing else. */
import { createBrowserEngine } from '../engine/create-browser-engine.ts';
import { serveEngine } from './engine-boundary.ts';

export function startEngine(): void {
  serveEngine(createBrowserEngine(), globalThis);
}
