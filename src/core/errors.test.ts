import { describe, expect, it } from 'vitest';
import { asVqaError, VqaError } from './errors.ts';

describe('an error', () => {
  it('survives as a plain object', () => {
    const error = new VqaError('pack-corrupted', 'roi-head.onnx is damaged.');
    const arrived = VqaError.fromReport(structuredClone(error.toReport()));
    expect(arrived).toBeInstanceOf(VqaError);
    expect(arrived).toMatchObject({ code: 'pack-corrupted', message: error.message, remedy: error.remedy });
  });
});

describe('whatever is thrown', () => {
  const known = new VqaError('image-empty', 'The file is empty.');

  it.each([
    [known, 'image-empty', 'The file is empty.'],
    [new DOMException('stopped', 'AbortError'), 'cancelled', 'The work was cancelled.'],
    [
      new WebAssembly.RuntimeError('unreachable'),
      'worker-crashed',
      "The models' runtime has stopped: unreachable.",
    ],
    [new TypeError('no kernel'), 'inference-failed', 'no kernel'],
    ['a string', 'inference-failed', 'a string'],
  ])('%s becomes %s', (thrown, code, message) => {
    expect(asVqaError(thrown)).toMatchObject({ code, message });
  });

  it('takes the code that its place suggests', () => {
    expect(asVqaError(new TypeError('Failed to fetch'), 'pack-missing').code).toBe('pack-missing');
  });
});
