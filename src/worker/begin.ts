/**
 * How a worker begins: its entry fetches the program and keeps the messages that come before the program listens.
 * An entry imports its program dynamically and nothing else, so that whoever bundles it finds nothing in it that
 * another chunk could share. WebKit evaluates an entry that a chunk imports a second time, and the worker would then
 * have two engines that both answer.
 */
import type { ErrorReport } from '../core/types.ts';

/** All that the two kinds of messages have in common. */
interface Call {
  readonly type: string;
  readonly id: number;
}

/** What `VqaError` would make of it; an import of that is one that chunks share. */
const NOT_FETCHED: ErrorReport = {
  code: 'worker-crashed',
  message: 'The program of the worker could not be fetched.',
  remedy: '',
};

/** A program that cannot be fetched is the answer to every call. */
export function begin(load: () => Promise<() => void>): void {
  const early: Call[] = [];
  const refuse = ({ type, id }: Call) => {
    if (type === 'call') globalThis.postMessage({ type: 'failure', id, error: NOT_FETCHED }, []);
  };
  let take = (call: Call): void => void early.push(call);
  const receive = ({ data }: MessageEvent<Call>) => take(data);
  globalThis.addEventListener('message', receive);
  load().then(
    (start) => {
      globalThis.removeEventListener('message', receive);
      start();
      for (const data of early) globalThis.dispatchEvent(new MessageEvent('message', { data }));
    },
    () => {
      take = refuse;
      early.forEach(refuse);
    },
  );
}
