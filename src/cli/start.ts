/** `npm start`: builds the page if needed and serves it on this machine. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { BUILD_FOLDER, buildWhenStale } from '../build/build-when-stale.ts';
import { serveStatic } from './serve-static.ts';

const DEFAULT_PORT = 4173;
/** Where a pack from a folder is, beside the page. */
const PACK_PATH = 'local-pack/';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: process.env['PORT'] ?? String(DEFAULT_PORT) },
    pack: { type: 'string' },
    'no-isolation': { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

if (values.help) {
  console.log(`npm start -- [--port ${DEFAULT_PORT}] [--pack DIR] [--no-isolation]

Builds the page if its sources are newer than dist/, then serves it on localhost.
  --port N         first port to try; the next free one is taken when it is in use
  --pack DIR       serves this pack too, and prints the page's address with it
  --no-isolation   leaves out the COOP and COEP headers: WASM runs on one thread`);
} else {
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new RangeError(`--port must be a whole number from 0 to 65535, got ${values.port}`);
  }
  const startedMs = performance.now();
  console.log('Checking the build …');
  if (await buildWhenStale()) {
    console.log(`Built dist/ in ${((performance.now() - startedMs) / 1000).toFixed(1)} s.`);
  }
  const server = await serveStatic({
    mounts: [
      { path: '/', folder: BUILD_FOLDER },
      ...(values.pack === undefined ? [] : [{ path: `/${PACK_PATH}`, folder: resolve(values.pack) }]),
    ],
    port,
    isolated: !values['no-isolation'],
  });
  const query = values.pack === undefined ? '' : `?pack=${PACK_PATH}`;
  console.log(`In-Page VQA is at ${server.url}${query} (Ctrl+C stops it).`);
}
