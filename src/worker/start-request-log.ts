/** Tells the page what its worker has fetched: the browser's record of a worker is the worker's alone. */

export function startRequestLog(): void {
  const observer = new PerformanceObserver((list) => {
    globalThis.postMessage({ type: 'fetch', urls: list.getEntries().map((entry) => entry.name) }, []);
  });
  observer.observe({ type: 'resource', buffered: true });
}
