import { describe, expect, it } from 'vitest';
import { asVqaError, VqaError } from './errors.ts';

describe('an error', () => {
  it('survives as a plain object', () => {
    const error = new VqaError('pack-corrupted', 'roi-head.onnx is damaged.');
    const arrived = VqaError.fromReport(structuredClone(error.toReport()));
    expect(arrived).toBeInstanceOf(VqaError);
    expect(JSON.parse(JSON.stringify(error))).toEqual({ name: 'VqaError', ...error.toReport() });
    expect(arrived).toMatchObject({ code: 'pack-corrupted', message: error.message, remedy: error.remedy });
  });
});

describe('whatever is thrown', () => {
  const PLAIN = 'The models stopped at an error.';
  const known = new VqaError('image-empty', 'The file is empty.');

  it.each([
    [known, 'image-empty', 'The file is empty.'],
    [new DOMException('stopped', 'AbortError'), 'cancelled', 'The work was cancelled.'],
    [
      new WebAssembly.RuntimeError('unreachable'),
      'worker-crashed',
      'The program that runs the models has stopped, most often because memory ran out.',
    ],
    [new TypeError("Cannot read properties of undefined (reading 'dims')"), 'inference-failed', PLAIN],
    ['ERROR_CODE: 6, no kernel for Conv', 'inference-failed', PLAIN],
    [undefined, 'inference-failed', PLAIN],
  ])('%s becomes %s', (thrown, code, message) => {
    expect(asVqaError(thrown)).toMatchObject({ code, message });
  });

  it('keeps what a program said, apart from what a person reads', () => {
    const { details, message } = asVqaError(new TypeError('no kernel')).toReport();
    expect({ details, message }).toEqual({ details: 'no kernel', message: PLAIN });
  });

  it('takes the code that its place suggests', () => {
    expect(asVqaError(new TypeError('Failed to fetch'), 'pack-missing').code).toBe('pack-missing');
  });
});
