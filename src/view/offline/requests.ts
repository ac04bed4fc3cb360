/** What this page has asked for, and of whom: the browser's own record of the page and of its workers. */
import { useSyncExternalStore } from 'react';

/** Requests by host. */
export type Requests = ReadonlyMap<string, number>;

let requests: Requests = new Map();
let fetched: readonly string[] = [];
const listeners = new Set<() => void>();

/** Addresses of what lies in the page itself (`data:`, `blob:`) are no requests. */
export function countRequests(counted: Requests, urls: readonly string[]): Requests {
  const counts = new Map(counted);
  for (const url of urls) {
    const { protocol, host } = new URL(url);
    if (protocol === 'http:' || protocol === 'https:') counts.set(host, (counts.get(host) ?? 0) + 1);
  }
  return counts;
}

function add(urls: readonly string[]): void {
  fetched = [...fetched, ...urls];
  requests = countRequests(requests, urls);
  for (const listener of listeners) listener();
}

export function useRequests(): Requests {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => requests,
  );
}

/** Everything that has been asked for, as addresses. */
export function fetchedUrls(): readonly string[] {
  return fetched;
}

/** Counts from the beginning of the page on. */
export function followRequests(): void {
  add([location.href]);
  const observer = new PerformanceObserver((list) => add(list.getEntries().map(({ name }) => name)));
  observer.observe({ type: 'resource', buffered: true });
}

/** Counts what a worker says that it has fetched. */
export function followWorker(worker: Worker): Worker {
  worker.addEventListener('message', ({ data }: MessageEvent<{ type?: unknown; urls?: unknown }>) => {
    if (data.type === 'fetch' && Array.isArray(data.urls)) add(data.urls.map(String));
  });
  return worker;
}

/** Requests to anyone but this site. */
export function countElsewhere(counted: Requests, ownHost: string): number {
  return [...counted].reduce((sum, [host, count]) => (host === ownHost ? sum : sum + count), 0);
}
