/** Keeps the explanation of the answer on screen up to date with the method that is wanted. */
import type { Engine } from '../core/engine.ts';
import { asVqaError } from '../core/errors.ts';
import type { Evidence, Explanation, ExplanationMethod } from '../core/explanation.ts';
import type { ErrorReport } from '../core/types.ts';
import { createLatest } from '../session/work/latest.ts';
import type { Exchange } from '../session/work/state.ts';

export type ExplanationStatus =
  | { readonly status: 'none' }
  /** `evidence` is what is known by now. */
  | {
      readonly status: 'working';
      readonly done: number;
      readonly total: number;
      readonly evidence: Evidence | null;
    }
  | { readonly status: 'ready'; readonly explanation: Explanation }
  | { readonly status: 'failed'; readonly error: ErrorReport };

/** What is to be explained, and by whom. */
export interface ExplanationWanted {
  readonly engine: Engine;
  readonly exchange: Exchange;
  readonly method: ExplanationMethod;
}

export interface ExplanationRun {
  readonly status: ExplanationStatus;
  /** Null stops; the same again changes nothing; what was explained before is there at once. */
  want(wanted: ExplanationWanted | null): void;
}

export function createExplanationRun(onChange: () => void): ExplanationRun {
  const latest = createLatest();
  const known = new WeakMap<Exchange, Map<ExplanationMethod, Explanation>>();
  let status: ExplanationStatus = { status: 'none' };
  let present: ExplanationWanted | null = null;

  function set(next: ExplanationStatus): void {
    status = next;
    onChange();
  }

  async function run({ engine, exchange, method }: ExplanationWanted): Promise<void> {
    const signal = latest.start();
    set({ status: 'working', done: 0, total: 0, evidence: null });
    const { imageId, question } = exchange.prediction;
    try {
      const explanation = await engine.explain(
        { imageId, question, method },
        {
          signal,
          onProgress({ done, total, evidence }) {
            if (!signal.aborted) set({ status: 'working', done, total, evidence });
          },
        },
      );
      if (signal.aborted) return;
      const byMethod = known.get(exchange) ?? new Map<ExplanationMethod, Explanation>();
      known.set(exchange, byMethod.set(method, explanation));
      set({ status: 'ready', explanation });
    } catch (thrown) {
      if (!signal.aborted) set({ status: 'failed', error: asVqaError(thrown).toReport() });
    }
  }

  return {
    get status() {
      return status;
    },
    want(wanted) {
      if (wanted?.exchange === present?.exchange && wanted?.method === present?.method) return;
      present = wanted;
      latest.stop();
      const explanation = wanted && known.get(wanted.exchange)?.get(wanted.method);
      if (explanation) set({ status: 'ready', explanation });
      else if (wanted) void run(wanted);
      else if (status.status !== 'none') set({ status: 'none' });
    },
  };
}
