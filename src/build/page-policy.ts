/** The Content-Security-Policy of the built page, which no markup that gets into it by mistake can run a script in. */
import type { Plugin } from 'vite';

/**
 * Photos, packs and weights come from wherever the person says; scripts and styles from this site alone. WebAssembly is
 * compiled; no script is made from text. A policy in the markup cannot say who may frame the page.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "font-src 'self'",
  "worker-src 'self' blob:",
  'connect-src * data: blob:',
  'img-src * data: blob:',
  "media-src 'self' blob:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Not while developing: the dev server's own scripts stand inline. */
export function pagePolicy(): Plugin {
  return {
    name: 'page-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: POLICY },
        injectTo: 'head-prepend',
      },
    ],
  };
}
