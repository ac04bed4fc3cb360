/** Tells the page what its worker has fetched: the browser's record of a worker is the worker's alone. */

export interface RequestMessage {
  readonly type: 'requests';
  readonly urls: readonly string[];
}

export function startRequestLog(): void {
  const observer = new PerformanceObserver((list) => {
    const message: RequestMessage = { type: 'requests', urls: list.getEntries().map(({ name }) => name) };
    globalThis.postMessage(message, []);
  });
  observer.observe({ type: 'resource', buffered: true });
}
