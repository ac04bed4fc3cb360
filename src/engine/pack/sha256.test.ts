import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hex } from '../../bytes/hex.ts';
import { sha256, Sha256 } from '../../bytes/sha256.ts';
import { sha256Hex } from './sha256.ts';

describe('sha256', () => {
  it.each([0, 1, 55, 56, 63, 64, 65, 119, 120, 1000, 100_003])('hashes %i bytes by hand', async (length) => {
    const content = Uint8Array.from({ length }, (_, index) => (index * 31) % 256);
    const expected = createHash('sha256').update(content).digest('hex');
    expect(hex(sha256(content))).toBe(expected);
    expect(await sha256Hex(content)).toBe(expected);
  });

  it.each([1, 7, 63, 64, 65, 100, 1000])('hashes what comes in parts of %i bytes', (step) => {
    const content = Uint8Array.from({ length: 1003 }, (_, index) => (index * 31) % 256);
    const hash = new Sha256();
    for (let from = 0; from < content.length; from += step) hash.update(content.subarray(from, from + step));
    expect(hex(hash.digest())).toBe(createHash('sha256').update(content).digest('hex'));
  });

  it('hashes a part of a larger buffer', () => {
    const part = new Uint8Array(300).fill(7).subarray(13, 213);
    expect(hex(sha256(part))).toBe(createHash('sha256').update(part).digest('hex'));
  });
});
