import { expect, it } from 'vitest';
import { describeAdapter } from './find-gpu.ts';
import { threadCount } from './ort-runtime.ts';

const info = { vendor: '', architecture: '', device: '', description: '', isFallbackAdapter: false };

it.each([
  [
    { ...info, vendor: 'nvidia', architecture: 'ampere' },
    { gpu: 'hardware', name: 'nvidia ampere' },
  ],
  [
    { ...info, vendor: 'google', architecture: 'swiftshader' },
    { gpu: 'software', name: 'google swiftshader' },
  ],
  [
    { ...info, description: 'llvmpipe (LLVM 15)' },
    { gpu: 'software', name: 'llvmpipe (LLVM 15)' },
  ],
  [
    { ...info, isFallbackAdapter: true },
    { gpu: 'software', name: 'unnamed adapter' },
  ],
])('tells hardware from software: %j', (adapter, expected) => {
  expect(describeAdapter(adapter)).toEqual(expected);
});

it.each([
  [false, 8, 1],
  [true, 1, 1],
  [true, 2, 2],
  [true, 16, 4],
])('isolated %s, %i cores: %i threads', (isolated, cores, threads) => {
  expect(threadCount(isolated, cores)).toBe(threads);
});
