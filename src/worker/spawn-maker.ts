/** Starts the worker that makes packs, and loads its code then. Written as bundlers want it; see `spawn.ts`. */
export function spawnMaker(): Worker {
  return new Worker(new URL('./maker.worker.ts', import.meta.url), { type: 'module' });
}
