/**
 * The Vite plugin of the files that other sites embed. They have names that stay, because snippets in other people's
 * pages name them: `embed/in-page-vqa.js` (the element), `embed/frame.js` (the page inside an iframe),
 * `embed/frame-host.js` (the page around it), `embed/worker.js` (the worker, for pages that start it from their own
 * origin) and `isolation.js` (the service worker that gives static hosting the isolation headers).
 */
import { copyFile, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { build, type Plugin, type Rolldown } from 'vite';

/** For pages of one file, which play an answer wherever they lie: the element with what reads recordings. */
const WHOLE = 'embed/whole-element';

/** Names of the built files below the output folder, and what each is made from. */
const ENTRIES: Readonly<Record<string, string>> = {
  'embed/in-page-vqa': 'src/widget/in-page-vqa.ts',
  [WHOLE]: 'src/widget/in-page-vqa.ts',
  'embed/frame': 'src/widget/frame/frame.ts',
  'embed/frame-host': 'src/widget/frame/frame-host.ts',
  isolation: 'src/widget/isolation/isolation.ts',
};

/** Fetched by the element when it has a recording to play; named by its content, as the worker is. */
const READER = 'src/widget/recorded/read-recording.ts';

/**
 * The first versions with `light-dark()`: what older ones are given in its place knows the system's colors alone, and
 * the element follows the page's.
 */
export const CSS_TARGET = ['chrome123', 'edge123', 'firefox120', 'safari17.5'];

/** Where the worker is found while developing. */
const WORKER_ENTRY = 'src/worker/engine.worker.ts';

/** The worker's own file name, which changes with its content: an old page never gets a new worker. */
const WORKER_FILE = /^embed\/(?<name>engine\.worker-[^/]+\.js)$/u;

/** Where the main build puts the worker of the models with everything it loads: beside the element. */
export const WORKER_OUTPUT = {
  entryFileNames: ({ name }: { readonly name: string }) =>
    `${name === 'engine.worker' ? 'embed' : 'assets'}/[name]-[hash].js`,
  chunkFileNames: 'embed/[name]-[hash].js',
  // Stock nginx and IIS have no media type for the runtime's `.mjs`, and browsers refuse scripts without one.
  assetFileNames: ({ names: [name = ''] }: { readonly names: readonly string[] }) =>
    name.endsWith('.mjs') ? 'embed/[name]-[hash].js' : 'embed/[name]-[hash][extname]',
  // One file for all that every answer needs, also where other chunks share some of it, and one for what few photos do.
  codeSplitting: {
    groups: [
      {
        name: 'answering',
        test: /(?:start-engine|prepare-threads|fetch-runtime|start-runtime|runtime-address)\.ts$|rolldown\/runtime/u,
        priority: 1,
      },
      {
        name: 'few-photos',
        test: /engine\/photo\/(?:sniff-image|refuse-photo|colour\/colour-source|missing-share|straight-png|upright-file)\.ts$/u,
      },
    ],
  },
} satisfies Rolldown.OutputOptions;

/**
 * For workers: what people are told to do is said by the page, which makes its own error of the code that a worker
 * reports. Two kilobytes that nobody waits for.
 */
export function withoutRemedies(): Plugin {
  return {
    name: 'without-remedies',
    load: (id) => (id.endsWith(REMEDIES) ? 'export const REMEDIES = {};' : null),
  };
}

const REMEDIES = '/src/core/errors/remedies.ts';

/** For the element: it makes no pack from weights, keeps no recording and has no camera. */
function withoutMakingRemedies(): Plugin {
  const ofMaking = /^ *'(?:camera|checkpoint|recording-too|storage)-[^']+':\s*'[^']+',$/gmu;
  return {
    name: 'without-making-remedies',
    load: async (id) =>
      id.endsWith(REMEDIES) ? (await readFile(id, 'utf8')).replaceAll(ofMaking, '') : null,
  };
}
export function embedBundle(): Plugin {
  let root = '';
  let outFolder = '';
  return {
    name: 'embed-bundle',
    config: () => ({ define: { EMBED_WORKER_FILE: JSON.stringify('worker.js') } }),
    configResolved(config) {
      root = config.root;
      outFolder = resolve(config.root, config.build.outDir);
    },
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const [path = '', query] = (request.url ?? '').split('?');
        const source = developedFrom(path);
        if (source) request.url = `/${source}${query ? `?${query}` : ''}`;
        next();
      });
    },
    writeBundle: {
      sequential: true,
      async handler(_options, bundle) {
        const worker = Object.keys(bundle)
          .map((file) => WORKER_FILE.exec(file)?.groups?.['name'])
          .find((name) => name !== undefined);
        if (!worker) throw new Error('the build has no file of the worker to embed');
        await buildEntries(root, outFolder, worker);
        // A copy: the entry itself must not be imported.
        await copyFile(join(outFolder, 'embed', worker), join(outFolder, 'embed/worker.js'));
      },
    },
  };
}

/** The source behind a built file's address. */
function developedFrom(path: string): string | undefined {
  if (path === '/embed/worker.js') return WORKER_ENTRY;
  return path.endsWith('.js') ? ENTRIES[path.slice(1, -'.js'.length)] : undefined;
}

/** Each on its own: a snippet that names one file makes the browser fetch one file, and two with a recording to play. */
async function buildEntries(root: string, outDir: string, worker: string): Promise<void> {
  const buildAlone = async (name: string, source: string, entryFileNames: string, plugins: Plugin[]) =>
    await build({
      configFile: false,
      root,
      base: './',
      logLevel: 'warn',
      publicDir: false,
      plugins,
      define: { EMBED_WORKER_FILE: JSON.stringify(worker) },
      build: {
        outDir,
        emptyOutDir: false,
        target: 'es2023',
        cssTarget: CSS_TARGET,
        rolldownOptions: {
          input: { [name]: join(root, source) },
          preserveEntrySignatures: 'strict',
          output: { entryFileNames, codeSplitting: false },
        },
      },
    });
  const built = await buildAlone('embed/read-recording', READER, '[name]-[hash].js', []);
  const reader = 'output' in built ? built.output[0].fileName : '';
  const beside = besideTheElement(`./${basename(reader)}`);
  for (const [name, source] of Object.entries(ENTRIES)) {
    await buildAlone(name, source, '[name].js', [
      withoutMakingRemedies(),
      ...(name === WHOLE ? [] : [beside]),
    ]);
  }
}

/**
 * Makes of the import of what reads recordings one of its built file. Until the chunk is rendered it is a call, which
 * Vite does not wrap into a kilobyte that looks for style sheets.
 */
function besideTheElement(file: string): Plugin {
  return {
    name: 'beside-the-element',
    enforce: 'pre',
    transform: (code, id) =>
      id.endsWith('/take-recording.ts')
        ? code.replace(`import('./read-recording.ts')`, `IMPORT_BESIDE('${file}')`)
        : null,
    renderChunk: (code) => code.replace('IMPORT_BESIDE(', 'import('),
  };
}
