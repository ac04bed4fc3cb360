/** A worker's name, as developer tools show it; it also tells the worker where its files lie, before any message. */

/** What stands before the addresses in a worker's name. */
export const RUNTIME_IN_NAME = ' runtime:';

/** @param runtime absolute addresses by file name, where they are not beside the worker */
export function workerName(runtime?: Readonly<Record<string, string>>): string {
  return runtime ? `in-page-vqa${RUNTIME_IN_NAME}${JSON.stringify(runtime)}` : 'in-page-vqa';
}
