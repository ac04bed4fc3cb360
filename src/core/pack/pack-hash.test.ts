import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { packHash } from './pack-hash.ts';

const files = [
  { path: 'tokenizer.json', bytes: 3, sha256: 'ab'.repeat(32) },
  { path: 'cross.onnx', bytes: 5, sha256: 'cd'.repeat(32) },
];

it('is the hash of what sha256sum prints, whatever the order of the files', () => {
  const printed = `${'cd'.repeat(32)}  cross.onnx\n${'ab'.repeat(32)}  tokenizer.json\n`;
  const expected = createHash('sha256').update(printed).digest('hex');
  expect(packHash(files)).toBe(expected);
  expect(packHash(files.toReversed())).toBe(expected);
});
