/** Lets an engine in the same thread work as one behind a worker does: one call at a time, in order. */
import { ENGINE_METHODS, type Engine } from '../core/engine.ts';
import { VqaError } from '../core/errors.ts';
import { fromMethods, invoke } from '../core/service.ts';

export function oneAtATime(engine: Engine): Engine {
  let queue: Promise<unknown> = Promise.resolve();

  return fromMethods<Engine>(ENGINE_METHODS, (method, params, options) => {
    const result = queue.then(() => {
      if (options?.signal?.aborted) throw new VqaError('cancelled', 'The work was cancelled.');
      return invoke(engine, method, params, options);
    });
    // One failed call does not stop those behind it.
    queue = result.catch(() => undefined);
    return result;
  });
}
