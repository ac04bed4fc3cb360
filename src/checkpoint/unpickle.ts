/**
 * A restricted reader of Python's pickles, protocols 2 to 5: containers, numbers, texts, and calls of the few names
 * that `meaning` knows. Nothing in a file is ever run; every other name or operation is refused.
 */
import { VqaError } from '../core/errors.ts';
import type { ByteCursor } from './byte-cursor.ts';
import { OPERATIONS, STOP } from './pickle-operations.ts';
import { PickleMachine, type PickleMeaning } from './pickle-machine.ts';
import type { PickleValue } from './pickle-values.ts';

/** LXMERT's pickle takes about 20 thousand. */
const MAX_STEPS = 4_000_000;
/** An operation with its numbers; longer parts are asked for by the operation itself. */
const LOOKAHEAD_BYTES = 512;

/** Reads one pickle and leaves `cursor` behind it. */
export async function unpickle(cursor: ByteCursor, meaning: PickleMeaning): Promise<PickleValue> {
  const machine = new PickleMachine(cursor, meaning);
  for (let step = 0; step < MAX_STEPS; step += 1) {
    if (cursor.buffered < LOOKAHEAD_BYTES) await cursor.fill(LOOKAHEAD_BYTES);
    const { position } = cursor;
    const code = cursor.u8();
    if (code === STOP) return machine.result();
    const operation = OPERATIONS.get(code);
    if (operation === undefined) {
      throw new VqaError(
        'checkpoint-unsupported',
        `${cursor.what} of ${cursor.source.name} has operation 0x${code.toString(16)} at byte ${position}, which no state dict needs.`,
      );
    }
    const pending = operation(machine);
    if (pending !== undefined) await pending;
  }
  return cursor.fail(`has more than ${MAX_STEPS} operations`);
}
