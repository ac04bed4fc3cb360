/** `npm start`: builds the page if needed and serves it on this machine. */
import { parseArgs } from 'node:util';
import { BUILD_FOLDER, buildWhenStale } from './build-when-stale.ts';
import { serveStatic } from './serve-static.ts';

const DEFAULT_PORT = 4173;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: process.env['PORT'] ?? String(DEFAULT_PORT) },
    'no-isolation': { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

if (values.help) {
  console.log(`npm start -- [--port ${DEFAULT_PORT}] [--no-isolation]

Builds the page if its sources are newer than dist/, then serves it on localhost.
  --port N         first port to try; the next free one is taken when it is in use
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
    mounts: [{ path: '/', folder: BUILD_FOLDER }],
    port,
    isolated: !values['no-isolation'],
  });
  console.log(`In-Page VQA is at ${server.url} (Ctrl+C stops it).`);
}
