/** Lets a piece of work write its own story into a store: begun, how far, done or failed. */
import type { CallOptions } from '../../core/engine.ts';
import { asVqaError } from '../../core/errors.ts';
import type { Latest } from '../work/latest.ts';
import type { Work } from './lab-state.ts';

/**
 * Runs `start` as the latest work of its kind. Work that another one replaced is idle again and says no more.
 * @param tell writes to the store; called at once and after each step
 */
export async function follow<Progress, Result>(
  latest: Latest,
  tell: (work: Work<Progress, Result>) => void,
  start: (options: Required<CallOptions<Progress>>) => Promise<Result>,
): Promise<void> {
  const signal = latest.start();
  let isOver = false;
  tell({ status: 'running', progress: null });
  signal.addEventListener('abort', () => {
    if (!isOver) tell({ status: 'idle' });
  });
  try {
    const result = await start({
      signal,
      onProgress: (progress) => {
        if (!signal.aborted && !isOver) tell({ status: 'running', progress });
      },
    });
    isOver = true;
    if (!signal.aborted) tell({ status: 'done', result });
  } catch (thrown) {
    isOver = true;
    if (!signal.aborted) tell({ status: 'failed', error: asVqaError(thrown).toReport() });
  }
}
