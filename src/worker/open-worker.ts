/** Starts the models' worker from wherever its file lies. */
import { VqaError } from '../core/errors.ts';
import { createScriptPolicy, WORKER_POLICY, workerName } from '../core/script-policy.ts';

/** What the script below says when the file could not be imported. */
const NOT_IMPORTED = 'in-page-vqa: the worker was not imported';

/** Made with the first worker: a page that plays recordings alone needs none. */
let pass: ((address: string) => string) | null = null;

/**
 * A browser starts workers from the page's own origin alone. From another one (and in a sandboxed frame, which has no
 * origin at all) a script of this page's making imports the file: the other side has to allow that with
 * `Access-Control-Allow-Origin`, and a Content-Security-Policy of this page with `worker-src blob:` beside a
 * `script-src` that names the other side. Where it does not, give the element a `worker` address on the page's origin.
 * @param home address of the element's own file. Its site and the page's are trusted with a script that runs as the
 *   page; the attribute `worker` cannot bring in another.
 * @param runtime absolute addresses of the runtime's files, where they do not lie as the worker's build has them
 * @throws VqaError `worker-blocked` where the browser says at once that it will not, or the file lies on a third site.
 */
export function openWorker(
  url: URL,
  home: string,
  runtime?: Readonly<Record<string, string>>,
  pageOrigin: string = globalThis.origin,
): Worker {
  const name = workerName(runtime);
  if (url.origin !== pageOrigin && url.origin !== new URL(home).origin) {
    const sites = 'neither on this page’s site nor on the element’s';
    throw new VqaError('worker-blocked', `The worker ${url.href} lies ${sites}.`);
  }
  if (url.origin === pageOrigin && pageOrigin !== 'null') return start(url, { type: 'module', name });
  const script = new Blob([importing(url)], { type: 'text/javascript' });
  const address = URL.createObjectURL(script);
  // Not a module: Chromium refuses those to frames without an origin.
  const worker = start(address, { name });
  worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (data === NOT_IMPORTED) worker.dispatchEvent(new Event('error'));
  });
  // Whatever comes first from the worker shows that its script has been read.
  for (const type of ['message', 'error']) {
    worker.addEventListener(type, () => URL.revokeObjectURL(address), { once: true });
  }
  return worker;
}

/** Imports the worker and then gives it what came in the meantime. An error thrown here would reach the page's console. */
function importing(url: URL): string {
  return `const early = [];
const keep = ({ data }) => early.push(data);
self.addEventListener('message', keep);
import(${JSON.stringify(url.href)}).then(
  () => {
    self.removeEventListener('message', keep);
    for (const data of early) self.dispatchEvent(new MessageEvent('message', { data }));
  },
  () => self.postMessage(${JSON.stringify(NOT_IMPORTED)}),
);`;
}

function start(address: string | URL, options: WorkerOptions): Worker {
  pass ??= createScriptPolicy(WORKER_POLICY);
  try {
    return new Worker(pass(String(address)), options);
  } catch (cause) {
    throw new VqaError('worker-blocked', 'This page does not let the worker of the models start.', { cause });
  }
}
