/** Every way the project can fail, as one closed union whose code survives the worker boundary. */
import { REMEDIES } from './errors/remedies.ts';
import type { ErrorReport } from './types.ts';

export type VqaErrorCode = keyof typeof REMEDIES;

/** What is said in place of a program's own words, which tell a person nothing. */
const UNFORESEEN: Partial<Readonly<Record<VqaErrorCode, string>>> = {
  'inference-failed': 'The models stopped at an error.',
  'backend-unavailable': 'The program that runs the models did not start.',
  'checkpoint-invalid': 'The weights could not be read.',
  'file-not-made': 'The file could not be made.',
  'image-url-failed': 'The photo could not be fetched.',
  'recording-invalid': 'The recording could not be read.',
};

interface VqaErrorOptions {
  readonly cause?: unknown;
  /** What a program said; see `ErrorReport`. */
  readonly details?: string | undefined;
}

/** `message` says what happened with the actual value and the limit; `remedy` says what to do next. */
export class VqaError extends Error {
  override readonly name = 'VqaError';
  readonly code: VqaErrorCode;
  /** Empty in a worker of the built page; the page's side of the boundary knows it by the code. */
  readonly remedy: string;
  readonly details: string | undefined;

  constructor(code: VqaErrorCode, message: string, { details, ...options }: VqaErrorOptions = {}) {
    super(message, options);
    this.code = code;
    this.remedy = REMEDIES[code] ?? '';
    this.details = details;
  }

  /** A plain object that structured cloning keeps whole. */
  toReport(): ErrorReport {
    const { code, message, remedy, details } = this;
    return { code, message, remedy, ...(details !== undefined && { details }) };
  }

  /** What `JSON.stringify` writes: by itself it would leave out the message. */
  toJSON(): ErrorReport & { readonly name: string } {
    return { name: this.name, ...this.toReport() };
  }

  static fromReport({ code, message, details }: ErrorReport): VqaError {
    return new VqaError(code, message, { details });
  }
}

/**
 * Any thrown value as a `VqaError`; aborts become `cancelled`, dead WASM `worker-crashed`, the rest `fallback`. What was
 * thrown unforeseen is kept as `details`.
 */
export function asVqaError(thrown: unknown, fallback: VqaErrorCode = 'inference-failed'): VqaError {
  if (thrown instanceof VqaError) return thrown;
  if (thrown instanceof Error && thrown.name === 'AbortError') {
    return new VqaError('cancelled', 'The work was cancelled.', { cause: thrown });
  }
  const given = { cause: thrown, details: thrown instanceof Error ? thrown.message : String(thrown) };
  // Out of memory, or a trap: a WASM module answers no call after that.
  if (thrown instanceof WebAssembly.RuntimeError) {
    const message = 'The program that runs the models has stopped, most often because memory ran out.';
    return new VqaError('worker-crashed', message, given);
  }
  return new VqaError(fallback, UNFORESEEN[fallback] ?? 'Something failed that was not foreseen.', given);
}
