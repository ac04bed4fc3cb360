/** Numbers as people read them. */
import type { BackendReport } from '../core/types.ts';

/** `312 ms`, `1.4 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds >= 1000) return `${(milliseconds / 1000).toFixed(1)} s`;
  return `${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`;
}

/** `WebGPU`, `WASM, 2 threads`. */
export function backendName({ backend, threads }: BackendReport): string {
  if (backend === 'webgpu') return 'WebGPU';
  return `WASM, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
}
