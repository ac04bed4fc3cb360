/** The Vite plugin of the service worker that opens the page without a network. */
import type { PluginOption } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

/** The element, whose name stays and looks as if it ended in a hash. */
const ELEMENT = 'embed/in-page-vqa.js';

/** Files whose names change with their content are what they were: the browser's own cache may give them. */
const NAMED_BY_CONTENT = /(?<!\/in)-[\w-]{8}\.(?:css|js|wasm)$/u;

/** Nearly twice the size of the build for CPUs, and no use without a GPU: kept where it has been run. */
const GPU_RUNTIME = /\/embed\/ort-wasm-[^/]+\.asyncify-[^/]+\.wasm$/u;

/**
 * One list of files for one version, which are put away together: a new version waits until no tab shows the old one,
 * or until the person reloads. The models are no part of it: the page keeps them itself, piece by piece, with their
 * hashes.
 */
export function offlinePage(): PluginOption {
  return VitePWA({
    filename: 'service-worker.js',
    // The page registers it, once the models are here: storing the page must not compete with them.
    injectRegister: false,
    registerType: 'prompt',
    manifest: {
      name: 'In-Page VQA',
      short_name: 'VQA',
      description: 'Ask a photo a question; nothing leaves this page.',
      display: 'standalone',
      background_color: '#f4f1ea',
      theme_color: '#f4f1ea',
      icons: [{ src: 'favicon.svg', sizes: 'any', type: 'image/svg+xml' }],
    },
    workbox: {
      globPatterns: [
        'index.html',
        'favicon.svg',
        'assets/*.{css,js,woff2}',
        ELEMENT,
        'embed/whole-element.js',
        'embed/*-????????.js',
        'embed/ort-wasm-*.wasm',
        'lessons/*.json',
        'samples/*.{jpg,json}',
      ],
      globIgnores: ['embed/*.asyncify-*.wasm'],
      maximumFileSizeToCacheInBytes: 20_000_000,
      dontCacheBustURLsMatching: NAMED_BY_CONTENT,
      // `?pack=…` and `?backend=…` are read by the page.
      ignoreURLParametersMatching: [/./u],
      // The pages about embedding are pages of their own.
      navigateFallback: null,
      runtimeCaching: [
        { urlPattern: GPU_RUNTIME, handler: 'CacheFirst', options: { cacheName: 'in-page-vqa-gpu-runtime' } },
      ],
      // The first visit counts, too.
      clientsClaim: true,
      inlineWorkboxRuntime: true,
      sourcemap: false,
    },
  });
}
