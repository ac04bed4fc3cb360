/** What a pack would cost and do on this device, before a visitor meets it. */
import type { Engine, LoadReport } from '../core/engine.ts';
import type { ModelPack } from '../core/pack/pack.ts';
import { bytesToLoad } from '../core/pack/parse-pack.ts';
import type { Backend, BackendReport } from '../core/types.ts';

export interface ProbeReport {
  readonly backend: Backend;
  /** Why this backend, one sentence. */
  readonly reason: string;
  /** WASM threads; 1 on a page that is not cross-origin isolated. */
  readonly threads: number;
  /** The pack's golden case on this device: the largest difference in probability; null for a pack without one. */
  readonly selfTest: {
    readonly passed: boolean;
    readonly error: number;
    readonly tolerance: number;
  } | null;
  /** Milliseconds, measured once everything is warm: a small photo, and a further question about it. */
  readonly expected: { readonly detectMs: number; readonly askMs: number };
  readonly memory: {
    /** Of the pack's files that are loaded at once. */
    readonly packBytes: number;
    /** Of the whole page or process; null where the browser does not tell. */
    readonly usedBytes: number | null;
  };
  /** Whether the next load finds the pack on this device. */
  readonly storage: LoadReport['storage'];
}

const QUESTION = 'what is this?';

/** A PNG of 12 × 8 pixels: reading a photo is not what takes the time. */
const PHOTO =
  'iVBORw0KGgoAAAANSUhEUgAAAAwAAAAICAIAAABChommAAAArUlEQVR42g3KIQEAIQxA0YVAowmxEOhpQkz+AOhpQiwEepowd08/EaEJQ1BhCktwYQtHSOEKTxDptM7oaGd2Vsc7u3M62bmd1/+kNGUoqkxlKa5s5SipXOXpn4xmDEONaSzDjW0cI41rPPuT05zhqDOd5bizneOkc53nfwpaMAINZrACD3Zwggxu8OJPSUtGoslMVuLJTk6SyU1e/qloxSi0mMUqvNjFKbK4xSs+xTiAoZ99UTIAAAAASUVORK5CYII=';

/** `engine` has loaded what `report` says; `usedBytes` looks up the memory in use. */
export async function probeEngine(
  engine: Engine,
  { pack, backend, storage }: LoadReport,
  usedBytes: () => Promise<number | null>,
  signal?: AbortSignal,
): Promise<ProbeReport> {
  const options = signal ? { signal } : {};
  const image = new Blob([Uint8Array.from(atob(PHOTO), (letter) => letter.codePointAt(0) ?? 0)], {
    type: 'image/png',
  });
  const imageId = 'probe';
  const detect = () => engine.detect({ imageId, image }, options);
  const ask = () => engine.ask({ imageId, question: QUESTION }, options);
  await detect();
  const detectMs = await durationOf(detect);
  await ask();
  const askMs = await durationOf(ask);
  const memory = { packBytes: bytesToLoad(pack), usedBytes: await usedBytes() };
  await engine.forget({ imageId });
  return {
    backend: backend.backend,
    reason: backend.reason,
    threads: backend.threads,
    selfTest: selfTestOf(pack, backend),
    expected: { detectMs, askMs },
    memory,
    storage,
  };
}

function selfTestOf({ golden }: ModelPack, { selfTestError: error }: BackendReport): ProbeReport['selfTest'] {
  if (golden === null || error === null) return null;
  return { passed: error <= golden.tolerance, error, tolerance: golden.tolerance };
}

async function durationOf(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}
