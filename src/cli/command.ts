/** What every command of this project has in common: usage, one line per failure, exit codes. */
import { VqaError } from '../core/errors.ts';

/** The command was called in a way that it does not understand. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const EXIT_FAILED = 1;
const EXIT_MISUSED = 2;

let isInstalled = false;

/** From here on usage is told as that of the installed program. */
export function nameProgram(): void {
  isInstalled = true;
}

/** How to call a command; `text` names it as npm runs it here. */
export function usageOf(text: string): string {
  return isInstalled ? text.replaceAll(/npm run (\w+)(?: --)?/gu, 'in-page-vqa $1') : text;
}

/** Runs a command to its end; a failure becomes one sentence on stderr and an exit code. */
export async function runCommand(usage: string, command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (thrown) {
    if (isMisuse(thrown)) {
      console.error(`${thrown.message}\n${usageOf(usage)}`);
      process.exitCode = EXIT_MISUSED;
      return;
    }
    console.error(explained(thrown));
    process.exitCode = EXIT_FAILED;
  }
}

/** What happened, in one line. */
export function explained(thrown: unknown): string {
  if (thrown instanceof VqaError) return `${thrown.code}: ${thrown.message}`;
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** Node's own parser of arguments marks its complaints with a code. */
function isMisuse(thrown: unknown): thrown is Error {
  if (!(thrown instanceof Error)) return false;
  const fromParser = 'code' in thrown && String(thrown.code).startsWith('ERR_PARSE_ARGS');
  return thrown instanceof UsageError || fromParser;
}
