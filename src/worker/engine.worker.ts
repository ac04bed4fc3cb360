/** The worker: an engine and a port, and nothing else. */
import { createBrowserEngine } from '../engine/create-browser-engine.ts';
import { serve } from './serve.ts';

serve(createBrowserEngine(), globalThis);
