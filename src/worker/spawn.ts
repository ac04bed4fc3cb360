/** Starts the worker. Bundlers find its file only when the expression is written exactly like this. */
export function spawnWorker(): Worker {
  return new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module' });
}
