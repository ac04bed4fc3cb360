import { expect, test } from 'vitest';
import { handingOver } from './start-runtime.ts';

const EMPTY = Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);

test('while it starts, the runtime gets the compiled module whatever bytes it has, and not a moment longer', async () => {
  const module = await WebAssembly.compile(EMPTY);
  const plain = WebAssembly.instantiate;
  await handingOver({ module }, async () => {
    const started = await WebAssembly.instantiate(new ArrayBuffer(8));
    expect(started.module).toBe(module);
    expect(started.instance).toBeInstanceOf(WebAssembly.Instance);
  });
  expect(WebAssembly.instantiate).toBe(plain);
  const failing = handingOver({ module }, () => Promise.reject(new Error('no memory')));
  await expect(failing).rejects.toThrow('no memory');
  expect(WebAssembly.instantiate).toBe(plain);
});

test('without one it compiles its bytes itself', async () => {
  const plain = WebAssembly.instantiate;
  await handingOver({ module: null }, async () => expect(WebAssembly.instantiate).toBe(plain));
});
