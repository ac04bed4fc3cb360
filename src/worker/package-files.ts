/**
 * The files that the installed package brings with it, by expressions that bundlers know: each is copied as it is and
 * none is parsed, so that no bundler meets what the runtime does in Node. Where a bundler leaves the expressions alone
 * (esbuild), the files are looked for beside its output.
 */

/** Addresses of the runtime's files, by the names that the runtime gives them. */
export type RuntimeFiles = Readonly<Record<string, string>>;

export function packagedWorker(): URL {
  return absolute(new URL(/* @vite-ignore */ './worker.js', import.meta.url));
}

export function packagedRuntime(): RuntimeFiles {
  const files = [
    new URL(/* @vite-ignore */ './ort-wasm-simd-threaded.js', import.meta.url),
    new URL(/* @vite-ignore */ './ort-wasm-simd-threaded.wasm', import.meta.url),
    new URL(/* @vite-ignore */ './ort-wasm-simd-threaded.asyncify.js', import.meta.url),
    new URL(/* @vite-ignore */ './ort-wasm-simd-threaded.asyncify.wasm', import.meta.url),
  ];
  return Object.fromEntries(RUNTIME_NAMES.map((name, index) => [name, absolute(files[index] ?? '').href]));
}

/** The same files in a folder; `folder` is an absolute address. */
export function runtimeIn(folder: string): RuntimeFiles {
  const base = folder.endsWith('/') ? folder : `${folder}/`;
  return Object.fromEntries(RUNTIME_NAMES.map((name) => [name, new URL(name, base).href]));
}

/** Next's bundler gives an address without its origin, in what only looks like a URL. */
function absolute(address: URL | string): URL {
  return new URL(String(address), globalThis.location?.href);
}

const RUNTIME_NAMES = [
  'ort-wasm-simd-threaded.js',
  'ort-wasm-simd-threaded.wasm',
  'ort-wasm-simd-threaded.asyncify.js',
  'ort-wasm-simd-threaded.asyncify.wasm',
] as const;
