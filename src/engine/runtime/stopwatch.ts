/** Measures stage after stage. */
export function createStopwatch(): { readonly lap: () => number } {
  let last = performance.now();
  return {
    /** Milliseconds since the last lap, or since the start. */
    lap() {
      const now = performance.now();
      const elapsed = now - last;
      last = now;
      return elapsed;
    },
  };
}
