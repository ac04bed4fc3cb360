import type { GraphOutput } from '../runtime/runtime.ts';

/** Drops the leading batch axis of length 1. */
export function withoutBatch({ dims: [batch, ...dims], data }: GraphOutput): GraphOutput {
  if (batch !== 1) throw new RangeError(`a batch of ${batch} where one was asked for`);
  return { dims, data };
}
