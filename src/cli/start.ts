/** `npm start`: builds the page if needed and serves it on this machine. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runCommand } from './command.ts';
import { portNumber } from './options.ts';
import { packMount } from './serve-pack.ts';
import { serveStatic } from './serve-static.ts';

const DEFAULT_PORT = 4173;
/** Where a pack from a folder is, beside the page. */
const PACK_PATH = 'local-pack/';

const USAGE = `npm start -- [--port ${DEFAULT_PORT}] [--pack DIR] [--no-isolation]

Builds the page if its sources are newer than dist/, then serves it on localhost.
  --port N         first port to try; the next free one is taken when it is in use
  --pack DIR       serves this pack too, and prints the page's address with it
  --no-isolation   leaves out the COOP and COEP headers: WASM runs on one thread`;

await runCommand(USAGE, async () => {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: process.env['PORT'] ?? String(DEFAULT_PORT) },
      pack: { type: 'string' },
      'no-isolation': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const port = portNumber('--port', values.port);
  const packs = values.pack === undefined ? [] : [await packMount(`/${PACK_PATH}`, resolve(values.pack))];
  // The build's tools take a while to load: what is wrong with the options is said before.
  const { BUILD_FOLDER, buildWhenStale } = await import('../build/build-when-stale.ts');
  const startedMs = performance.now();
  console.log('Checking the build …');
  if (await buildWhenStale()) {
    console.log(`Built dist/ in ${((performance.now() - startedMs) / 1000).toFixed(1)} s.`);
  }
  const server = await serveStatic({
    mounts: [{ path: '/', folder: BUILD_FOLDER }, ...packs],
    port,
    isolated: !values['no-isolation'],
  });
  const query = packs.length === 0 ? '' : `?pack=${PACK_PATH}`;
  console.log(`In-Page VQA is at ${server.url}${query} (Ctrl+C stops it).`);
});
