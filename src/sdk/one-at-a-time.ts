/** Lets an engine in the same thread work as one behind a worker does: one call at a time, in order. */
import type { Engine } from '../core/engine.ts';
import { VqaError } from '../core/errors.ts';

interface Cancellable {
  readonly signal?: AbortSignal;
}

export function oneAtATime(engine: Engine): Engine {
  let queue: Promise<unknown> = Promise.resolve();

  function wait<Result>(run: () => Promise<Result>, { signal }: Cancellable = {}): Promise<Result> {
    const result = queue.then(() => {
      if (signal?.aborted) throw new VqaError('cancelled', 'The work was cancelled.');
      return run();
    });
    // One failed call does not stop those behind it.
    queue = result.catch(() => undefined);
    return result;
  }

  return {
    load: (params, options) => wait(() => engine.load(params, options), options),
    detect: (params, options) => wait(() => engine.detect(params, options), options),
    tokenize: (params, options) => wait(() => engine.tokenize(params, options), options),
    ask: (params, options) => wait(() => engine.ask(params, options), options),
    match: (params, options) => wait(() => engine.match(params, options), options),
    compare: (params, options) => wait(() => engine.compare(params, options), options),
    fillIn: (params, options) => wait(() => engine.fillIn(params, options), options),
    explain: (params, options) => wait(() => engine.explain(params, options), options),
    inspectHeads: (params, options) => wait(() => engine.inspectHeads(params, options), options),
    measureFaithfulness: (params, options) =>
      wait(() => engine.measureFaithfulness(params, options), options),
    findFlip: (params, options) => wait(() => engine.findFlip(params, options), options),
    editRegions: (params, options) => wait(() => engine.editRegions(params, options), options),
    forget: (params) => wait(() => engine.forget(params)),
    inspectCache: () => wait(() => engine.inspectCache()),
    clearCache: () => wait(() => engine.clearCache()),
  };
}
