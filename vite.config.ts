import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { precompress } from './src/cli/precompress.ts';

/** WASM threads need a cross-origin isolated page; both headers together make it one. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'cross-origin',
};

export default defineConfig({
  // Relative URLs: the built page works below any path.
  base: './',
  plugins: [react(), precompress()],
  worker: { format: 'es' },
  // Pre-bundling would move the runtime's files away from the .wasm beside them.
  optimizeDeps: { exclude: ['onnxruntime-web'] },
  server: { headers: isolation },
  preview: { headers: isolation },
  build: { target: 'es2023' },
  test: {
    include: ['src/**/*.test.{ts,tsx}'],
    testTimeout: 30_000,
  },
});
