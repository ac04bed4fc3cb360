/** An engine whose every failure is a `VqaError`, whatever a stage throws. */
import { ENGINE_METHODS, type Engine } from '../core/engine.ts';
import { asVqaError } from '../core/errors.ts';
import { fromMethods, invoke } from '../core/service.ts';

export function withCodes(engine: Engine): Engine {
  return fromMethods<Engine>(ENGINE_METHODS, async (method, params, options) => {
    try {
      return await invoke(engine, method, params, options);
    } catch (thrown) {
      throw asVqaError(thrown);
    }
  });
}
