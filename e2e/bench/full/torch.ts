/** PyTorch in a process of its own, which answers one question when it is told to. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { PROJECT_FOLDER } from '../../../src/build/build-when-stale.ts';

export interface TorchAnswer {
  /** transformers' whole forward pass: it computes a photo anew for every question. */
  readonly wholeMs: number;
  /** Language and cross encoder alone, the photo's vision states kept. */
  readonly furtherMs: number;
  readonly logits: readonly number[];
}

export interface Torch {
  ask(tokens: number): Promise<TorchAnswer>;
  close(): void;
}

/** Has this project's Python packages: models/requirements.txt. */
const PYTHON = process.env['PYTHON'] ?? 'python3';

/** Runs a module of models/ to its end. */
export async function runPython(module: string, options: readonly string[]): Promise<void> {
  const child = startPython(module, options, 'inherit');
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) =>
      status === 0 ? resolve() : reject(new Error(`${PYTHON} -m ${module} ended with ${status}`)),
    );
  });
}

function startPython(module: string, options: readonly string[], output: 'inherit' | 'pipe'): ChildProcess {
  return spawn(PYTHON, ['-m', module, ...options], {
    cwd: PROJECT_FOLDER,
    stdio: ['pipe', output, 'inherit'],
  });
}

export function startTorch(weights: string, threads: number): Torch {
  const child = startPython(
    'models.published.time_questions',
    ['--weights', weights, '--threads', String(threads)],
    'pipe',
  );
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error('PyTorch has no pipes');
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  return {
    async ask(tokens) {
      stdin.write(`${tokens}\n`);
      const line = await lines.next();
      if (line.done === true)
        throw new Error(`${PYTHON} ended; set PYTHON to one with models/requirements.txt`);
      return torchAnswer(line.value);
    },
    close: () => stdin.end(),
  };
}

function torchAnswer(line: string): TorchAnswer {
  const answer: TorchAnswer = JSON.parse(line);
  return answer;
}
