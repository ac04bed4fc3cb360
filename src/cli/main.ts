#!/usr/bin/env node
/** `npx in-page-vqa`: the commands of the installed package. */
import { nameProgram, runCommand, UsageError } from './command.ts';

const COMMANDS: Readonly<Record<string, () => Promise<unknown>>> = {
  ask: () => import('./ask.ts'),
  convert: () => import('./convert.ts'),
  detect: () => import('./detect.ts'),
  evaluate: () => import('./evaluate.ts'),
};

const USAGE = `in-page-vqa ${Object.keys(COMMANDS).join('|')} [OPTIONS]

in-page-vqa COMMAND --help says what a command takes.`;

// Whoever reads the output (head, a pager) may have had enough of it.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

await runCommand(USAGE, async () => {
  const [name = ''] = process.argv.splice(2, 1);
  if (name === '--help' || name === '-h') {
    console.log(USAGE);
    return;
  }
  const open = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!open) throw new UsageError(name === '' ? 'the command is missing' : `there is no command “${name}”`);
  nameProgram();
  await open();
});
