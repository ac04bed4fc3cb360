/**
 * Builds the package that programs install, in `dist/sdk`: one file for each entry, the worker whole in one file, the
 * runtime's files beside it under names that every server and bundler knows, types, and the licences of what is inside.
 */
import { spawnSync } from 'node:child_process';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build, type Plugin, type Rolldown } from 'vite';
import { BUILD_FOLDER, PROJECT_FOLDER } from './build-when-stale.ts';
import { CSS_TARGET } from './embed-bundle.ts';
import { elementManifest } from './element-manifest.ts';
import { noticesOf } from './notices.ts';
import { writePackPackages } from './pack-packages.ts';

const SDK_FOLDER = join(BUILD_FOLDER, 'sdk');

/** What a page loads, each in one file: a bundler shares nothing between them that it would have to find. */
const PAGE_ENTRIES: Readonly<Record<string, string>> = {
  index: 'src/index.ts',
  element: 'src/element.ts',
  'frame-host': 'src/widget/frame/frame-host.ts',
  worker: 'src/worker/engine.worker.ts',
};
const NODE_ENTRIES = { node: 'src/node.ts', cli: 'src/cli/main.ts' };

const RUNTIME_FILE = /^onnxruntime-web\/(?<name>ort-[\w.-]+\.(?:mjs|wasm))\?url$/u;
/** Types name the sources in imports. */
const SOURCE_NAME = /(?<path>(?:'|")\.{1,2}\/[^'"\n]+)\.ts(?<quote>'|")/gu;

const require = createRequire(import.meta.url);
const bundled = new Set<string>();
/** Names of the runtime's files that the worker asks for. */
const runtimeFiles = new Set<string>();

/** The worker asks for the runtime's files beside itself; nothing of them goes into it. */
const runtimeBeside: Plugin = {
  name: 'runtime-beside',
  enforce: 'pre',
  resolveId: (id) => (RUNTIME_FILE.test(id) ? `\0${id}` : null),
  load(id) {
    const name = RUNTIME_FILE.exec(id.slice(1))?.groups?.['name'];
    if (!id.startsWith('\0') || name === undefined) return null;
    runtimeFiles.add(name);
    return `export default new URL(/* @vite-ignore */ ${JSON.stringify(`./${scriptName(name)}`)}, import.meta.url).href;`;
  },
};

const noteBundled: Plugin = {
  name: 'note-bundled',
  generateBundle(_options, bundle) {
    for (const part of Object.values(bundle))
      if (part.type === 'chunk') for (const id of part.moduleIds) bundled.add(id);
  },
};

/** Servers without a media type for `.mjs` are common. */
function scriptName(name: string): string {
  return name.replace(/\.mjs$/u, '.js');
}

/**
 * The runtime's script without what it does in Node: webpack's minifier reads a `.js` file that it copies as a classic
 * script, and there nothing is awaited outside of functions.
 */
function forPages(script: string): string {
  const inNode = 'if(isNode)isPthread=(await import("worker_threads")).workerData==="em-pthread";';
  if (!script.includes(inNode)) throw new Error('the runtime’s script is not the one that this build knows');
  return script.replace(inNode, '');
}

async function buildEntries(
  input: Readonly<Record<string, string>>,
  output: Rolldown.OutputOptions,
  isNode: boolean,
): Promise<void> {
  await build({
    configFile: false,
    root: PROJECT_FOLDER,
    base: './',
    logLevel: 'warn',
    publicDir: false,
    plugins: [runtimeBeside, noteBundled],
    define: { EMBED_WORKER_FILE: JSON.stringify('worker.js') },
    // The runtime without its own copy of the script that starts it.
    ...(!isNode && { resolve: { conditions: ['onnxruntime-web-use-extern-wasm', 'module', 'browser'] } }),
    build: {
      outDir: SDK_FOLDER,
      emptyOutDir: false,
      target: 'es2023',
      cssTarget: CSS_TARGET,
      ssr: isNode,
      sourcemap: true,
      rolldownOptions: {
        input: Object.fromEntries(
          Object.entries(input).map(([name, source]) => [name, join(PROJECT_FOLDER, source)]),
        ),
        preserveEntrySignatures: 'strict',
        output: { entryFileNames: '[name].js', chunkFileNames: 'node-[name]-[hash].js', ...output },
      },
    },
  });
}

async function writeTypes(): Promise<void> {
  const compiler = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
  const project = join(PROJECT_FOLDER, 'src/tsconfig.sdk.json');
  const { status } = spawnSync(process.execPath, [compiler, '--project', project], {
    stdio: ['ignore', process.stderr, 'inherit'],
  });
  if (status !== 0) throw new Error(`${project} does not compile`);
  const folder = join(SDK_FOLDER, 'types');
  for (const entry of await readdir(folder, { recursive: true })) {
    if (!entry.endsWith('.d.ts')) continue;
    const file = join(folder, entry);
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll(SOURCE_NAME, '$<path>.js$<quote>'));
  }
}

await rm(SDK_FOLDER, { recursive: true, force: true });
for (const [name, source] of Object.entries(PAGE_ENTRIES))
  await buildEntries({ [name]: source }, { codeSplitting: false }, false);
await buildEntries(NODE_ENTRIES, {}, true);
for (const name of runtimeFiles) {
  const file = await readFile(require.resolve(`onnxruntime-web/${name}`));
  await writeFile(join(SDK_FOLDER, scriptName(name)), name.endsWith('.mjs') ? forPages(String(file)) : file);
}
await writeFile(join(SDK_FOLDER, 'THIRD-PARTY.txt'), await noticesOf([...bundled]));
const elementPage = await readFile(join(PROJECT_FOLDER, 'public/embed/element.html'), 'utf8');
await writeFile(
  join(SDK_FOLDER, 'custom-elements.json'),
  `${JSON.stringify(elementManifest(elementPage), null, 2)}\n`,
);
await writeTypes();
await writePackPackages(
  join(PROJECT_FOLDER, 'public/packs'),
  join(BUILD_FOLDER, 'packages'),
  join(PROJECT_FOLDER, 'LICENSE'),
);
