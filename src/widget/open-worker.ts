/** Starts the models' worker from wherever its file lies. */

/**
 * A browser starts workers from the page's own origin alone. From another one (and in a sandboxed frame, which has no
 * origin at all) a script of this page's making imports the file: the other side has to allow that with
 * `Access-Control-Allow-Origin`, and a Content-Security-Policy of this page with `worker-src blob:`. Where it does not,
 * give the element a `worker` address on the page's origin.
 */
export function openWorker(url: URL, pageOrigin: string = self.origin): Worker {
  // With the option written out, so that no bundler takes this for a worker it should find.
  const options: WorkerOptions = { type: 'module', name: 'in-page-vqa' };
  if (url.origin === pageOrigin && pageOrigin !== 'null') return new Worker(url, options);
  const script = new Blob([`import ${JSON.stringify(url.href)};`], { type: 'text/javascript' });
  const address = URL.createObjectURL(script);
  const worker = new Worker(address, options);
  // Whatever comes first from the worker shows that its script has been read.
  for (const type of ['message', 'error']) {
    worker.addEventListener(type, () => URL.revokeObjectURL(address), { once: true });
  }
  return worker;
}
