/** Where the runtime's files lie: whoever started the worker may have said so in its name. */
import { RUNTIME_IN_NAME } from '../../core/script-policy.ts';

/** @param built the address that the build gave the file, absolute or relative to the worker's own */
export function runtimeAddress(file: string, built: string): string {
  const given = filesIn(self.name)[file];
  return new URL(given ?? built, self.location.href).href;
}

function filesIn(name: string): Readonly<Record<string, string>> {
  if (!name.includes(RUNTIME_IN_NAME)) return {};
  // Written by `workerName` in this project's own code.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return JSON.parse(name.slice(name.indexOf(RUNTIME_IN_NAME) + RUNTIME_IN_NAME.length)) as Record<
    string,
    string
  >;
}
