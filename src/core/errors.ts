/** Every way the project can fail, as one closed union whose code survives the worker boundary. */
import type { ErrorReport } from './types.ts';

/** What to do next, by code. The keys are the union of codes. */
const REMEDIES = {
  'image-empty': 'Choose the file again, or another photo.',
  'image-unreadable': 'Choose a JPEG, PNG, WebP, AVIF or GIF photo.',
  'image-unsupported': 'Save it as JPEG or PNG and choose that file.',
  'image-truncated': 'Copy or download the photo again and choose the complete file.',
  'image-too-large': 'Make the photo smaller and choose it again.',
  'pixels-hidden':
    'Allow this page to read canvas data in the settings of this browser, or open it in another one.',
  'image-url-invalid': 'Enter a web address that starts with https:// and ends at an image.',
  'image-url-local': 'Choose the file with the button, or drop it here.',
  'image-url-blocked': 'Save the photo to your device and choose the file, or paste it here.',
  'image-url-failed': 'Check the address and your connection, then try again.',
  'image-forgotten': 'Choose the photo again.',
  'camera-denied': 'Allow the camera for this page in the browser, or choose a file.',
  'camera-missing': 'Choose a file, or connect a camera and try again.',
  'clipboard-empty': 'Copy a photo first, then paste it here.',
  'drop-empty': 'Drop a photo file, or a picture from another page.',
  'photos-many': 'Choose or drop a single photo.',
  'question-empty': 'Type a question about the photo.',
  'question-too-long': 'Ask in one short sentence.',
  'question-unknown-words': 'Ask in plain English, for example “What is in the photo?”.',
  'sentence-without-mask': 'Write [MASK] in place of a word of the sentence.',
  'pack-missing': 'Check the address of the model pack, then try again.',
  'pack-interrupted': 'Check your connection and try again: what has arrived is kept.',
  'pack-corrupted': 'Try again: a damaged file that came from a server is fetched anew.',
  'pack-invalid': 'Use a pack that this version of the page can read.',
  'head-missing': 'Use a model pack that has this head.',
  'gradients-missing': 'Choose leave-one-out or Shapley values, or a model pack with gradients.',
  'gates-missing': 'Use a model pack whose heads can be switched off.',
  'change-invalid': 'Choose regions, words, heads and answers that are there.',
  'checkpoint-interrupted':
    'Check your connection, then go on: what has arrived is kept. Or choose the file from your disk.',
  'checkpoint-invalid':
    'Download the file again, if need be from another place, and choose it from your disk.',
  'checkpoint-unsupported': 'Choose weights alone, saved by PyTorch or as safetensors.',
  'checkpoint-mismatch':
    'Choose the weights that belong to this pack; for your own, give their config.json too.',
  'checkpoint-missing':
    'Check the address, enter another one, or get the file in another way and choose it from your disk.',
  'storage-refused': 'Open this page in an ordinary window, over HTTPS or from this machine.',
  'storage-busy': 'Close the other tab, or wait until it is done, then try again.',
  'storage-full': 'Delete stored models or free space on the disk, then go on: what has arrived is kept.',
  'recording-invalid': 'Choose a file that this page saved as a recording.',
  'recording-too-large': 'Leave out questions, or choose a smaller photo.',
  'not-recorded': 'Choose one of the recorded questions, or run the models live.',
  'file-not-made': 'Try again, or choose another kind of file.',
  'code-interrupted': 'Check your connection and try again; if that does not help, open the page anew.',
  'backend-unavailable': 'Use a current version of Chrome, Edge, Firefox or Safari.',
  'runtime-failed':
    'Check your connection and load the models again. Whoever keeps this site: its server has to give the file whole, and as what it is.',
  'inference-failed': 'Try again; if that does not help, load the models again.',
  'worker-crashed': 'Load the models again: your photo, question and answers are kept.',
  'worker-blocked':
    'Check your connection. Whoever made this page: let its Content-Security-Policy allow the worker, name a copy of it on this site, or use the iframe.',
  'not-loaded': 'Load the models first.',
  cancelled: 'Ask again when you are ready.',
} as const satisfies Record<string, string>;

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
  readonly remedy: string;
  readonly details: string | undefined;

  constructor(code: VqaErrorCode, message: string, { details, ...options }: VqaErrorOptions = {}) {
    super(message, options);
    this.code = code;
    this.remedy = REMEDIES[code];
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
