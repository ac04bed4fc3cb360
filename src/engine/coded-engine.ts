/** An engine whose every failure is a `VqaError`, whatever a stage throws. */
import type { Engine } from '../core/engine.ts';
import { asVqaError } from '../core/errors.ts';

export function withCodes(engine: Engine): Engine {
  return {
    load: (params, options) => coded(engine.load(params, options)),
    detect: (params, options) => coded(engine.detect(params, options)),
    tokenize: (params, options) => coded(engine.tokenize(params, options)),
    ask: (params, options) => coded(engine.ask(params, options)),
    match: (params, options) => coded(engine.match(params, options)),
    compare: (params, options) => coded(engine.compare(params, options)),
    fillIn: (params, options) => coded(engine.fillIn(params, options)),
    explain: (params, options) => coded(engine.explain(params, options)),
    inspectHeads: (params, options) => coded(engine.inspectHeads(params, options)),
    measureFaithfulness: (params, options) => coded(engine.measureFaithfulness(params, options)),
    findFlip: (params, options) => coded(engine.findFlip(params, options)),
    editRegions: (params, options) => coded(engine.editRegions(params, options)),
    forget: (params) => coded(engine.forget(params)),
    inspectCache: () => coded(engine.inspectCache()),
    clearCache: () => coded(engine.clearCache()),
  };
}

async function coded<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (thrown) {
    throw asVqaError(thrown);
  }
}
