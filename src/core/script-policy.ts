/**
 * Trusted Types: a page that sends `require-trusted-types-for 'script'` lets scripts be started from addresses that a
 * policy has passed, and may list the policies' names (https://w3c.github.io/trusted-types/dist/spec/).
 */
interface PolicyFactory {
  createPolicy(name: string, rules: Rules): Rules;
}

interface Rules {
  createScriptURL(address: string): string;
}

/** Passes addresses of workers; the page about embedding tells hosts to allow it. */
export const WORKER_POLICY = 'in-page-vqa';

/**
 * The policy passes whatever it is given: it is for whoever calls this alone, who answers for the addresses.
 * @returns the address as the browser wants it. Where there are no such policies it stays as it is; so it does where the
 *   page forbids the name, and the page's own default policy judges it.
 */
export function createScriptPolicy(name: string): (address: string) => string {
  const { trustedTypes } = globalThis as typeof globalThis & { readonly trustedTypes?: PolicyFactory };
  try {
    const policy = trustedTypes?.createPolicy(name, { createScriptURL: (address) => address });
    if (policy) return (address) => policy.createScriptURL(address);
  } catch {
    // The name is not on the page's list.
  }
  return (address) => address;
}

/* A worker's name is what developer tools show; it also tells the worker where its files lie, before any message. */
/** What stands before the addresses in a worker's name. */
export const RUNTIME_IN_NAME = ' runtime:';

/** @param runtime absolute addresses by file name, where they are not beside the worker */
export function workerName(runtime?: Readonly<Record<string, string>>): string {
  return runtime ? `in-page-vqa${RUNTIME_IN_NAME}${JSON.stringify(runtime)}` : 'in-page-vqa';
}
