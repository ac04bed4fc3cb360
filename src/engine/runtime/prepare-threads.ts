/** How many threads the runtime can start in this worker, and what the page's rules want for that. */
import { createScriptPolicy, WORKER_POLICY } from '../../core/script-policy.ts';
import { threadCount } from './ort-runtime.ts';

/** @param glue address of the script that the runtime starts its threads with */
export async function prepareThreads(glue: string): Promise<number> {
  const threads = threadCount(self.crossOriginIsolated, navigator.hardwareConcurrency);
  if (threads === 1 || !(await takesScript(glue))) return 1;
  trustThreads();
  return threads;
}

/**
 * The runtime imports a copy of a script from another site than the page's, as a Blob. A Content-Security-Policy
 * without `script-src blob:` forbids that, and the runtime would not open at all.
 */
async function takesScript(glue: string): Promise<boolean> {
  if (new URL(glue).origin === self.location.origin) return true;
  const address = URL.createObjectURL(new Blob([], { type: 'text/javascript' }));
  try {
    await import(/* @vite-ignore */ address);
    return true;
  } catch {
    return false;
  } finally {
    URL.revokeObjectURL(address);
  }
}

let areTrusted = false;

/** The runtime starts its threads from text; a page with Trusted Types wants an address that a policy has passed. */
function trustThreads(): void {
  if (areTrusted || !('trustedTypes' in globalThis)) return;
  areTrusted = true;
  const pass = createScriptPolicy(WORKER_POLICY);
  globalThis.Worker = class extends Worker {
    constructor(address: string | URL, options?: WorkerOptions) {
      super(pass(String(address)), options);
    }
  };
}
