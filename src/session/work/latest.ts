/** Work of which only the latest run counts. */
export interface Latest {
  /** Aborts the run before and returns the signal of the new one; an aborted run must not touch the state. */
  start(): AbortSignal;
  stop(): void;
}

export function createLatest(): Latest {
  let controller = new AbortController();
  return {
    start() {
      controller.abort();
      controller = new AbortController();
      return controller.signal;
    },
    stop() {
      controller.abort();
    },
  };
}
