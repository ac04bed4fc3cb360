/** What the engine's worker runs: an engine and a port, and nothing else. */
import { createBrowserEngine } from '../engine/create-browser-engine.ts';
import { serve } from './serve.ts';

export function startEngine(): void {
  serve(createBrowserEngine(), globalThis);
}
