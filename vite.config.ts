import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { embedBundle, withoutRemedies, WORKER_OUTPUT } from './src/build/embed-bundle.ts';
import { offlinePage } from './src/build/offline-page.ts';
import { pagePolicy } from './src/build/page-policy.ts';
import { precompress } from './src/build/precompress.ts';

/** WASM threads need a cross-origin isolated page; the first two headers make it one. */
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  // The element and its packs are fetched from other sites' pages.
  'Access-Control-Allow-Origin': '*',
};

export default defineConfig({
  // Relative URLs: the built page works below any path.
  base: './',
  plugins: [react(), pagePolicy(), embedBundle(), precompress(), offlinePage()],
  worker: { format: 'es', plugins: () => [withoutRemedies()], rolldownOptions: { output: WORKER_OUTPUT } },
  // Pre-bundling would move the runtime's files away from the .wasm beside them.
  optimizeDeps: { exclude: ['onnxruntime-web'] },
  server: { headers },
  preview: { headers },
  // How long compressing took is no warning to whoever starts the app.
  build: {
    target: 'es2023',
    rolldownOptions: {
      checks: { bundlerTimings: false },
      // What the page begins with in one file: cut up among the tools that share parts of it, it is larger.
      output: { codeSplitting: { groups: [{ name: 'page', tags: ['$initial'] }] } },
    },
  },
  test: {
    include: ['src/**/*.test.{ts,tsx}'],
    testTimeout: 30_000,
    // Where nothing is drawn by a browser; the element itself runs in the browser tests alone.
    coverage: {
      include: ['src/{session,draw,sdk}/**/*.ts'],
      reporter: ['text-summary'],
      reportsDirectory: '.cache/coverage',
      thresholds: {
        'src/session/**': { lines: 95 },
        'src/draw/**': { lines: 90 },
        'src/sdk/**': { lines: 95 },
      },
    },
  },
});
