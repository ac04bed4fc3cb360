// @vitest-environment node
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { compressFolder } from '../build/precompress.ts';
import { serveStatic, type StaticServer, type StaticServerOptions } from './serve-static.ts';

const SCRIPT = 'console.log("a script long enough to be worth compressing");\n'.repeat(64);
const WEIGHTS = Uint8Array.from({ length: 4096 }, (_, index) => index % 7);

let folder = '';
let servers: StaticServer[] = [];

async function serve(options: Partial<StaticServerOptions> = {}): Promise<StaticServer> {
  const server = await serveStatic({ mounts: [{ path: '/', folder }], ...options });
  servers.push(server);
  return server;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'serve-static-'));
  await mkdir(join(folder, 'packs'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>page</title>');
  await writeFile(join(folder, 'script.js'), SCRIPT);
  await writeFile(join(folder, 'runtime.wasm'), new Uint8Array(4096));
  await writeFile(join(folder, 'packs/weights.onnx'), WEIGHTS);
  await compressFolder(folder, join(folder, '.cache'));
});

afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
  servers = [];
});

afterAll(() => rm(folder, { recursive: true }));

test.each([
  ['', 'text/html;charset=utf-8'],
  ['script.js', 'text/javascript'],
  ['runtime.wasm', 'application/wasm'],
  ['packs/weights.onnx', 'application/octet-stream'],
])('%j is served as %s', async (path, type) => {
  const { url } = await serve();
  const response = await fetch(url + path);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe(type);
});

test.each([
  ['br', 'br'],
  ['gzip', 'gzip'],
  ['identity', null],
])('a client that accepts %s gets the script encoded as %s', async (accepted, encoding) => {
  const { url } = await serve();
  const response = await fetch(`${url}script.js`, { headers: { 'Accept-Encoding': accepted } });
  expect(response.headers.get('content-encoding')).toBe(encoding);
  expect(await response.text()).toBe(SCRIPT);
});

test('weights are sent as they are, from any byte on', async () => {
  const { url } = await serve();
  const response = await fetch(`${url}packs/weights.onnx`, { headers: { Range: 'bytes=4000-' } });
  expect(response.status).toBe(206);
  expect(response.headers.get('content-encoding')).toBe(null);
  expect(response.headers.get('content-range')).toBe('bytes 4000-4095/4096');
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(WEIGHTS.slice(4000));
});

test.each([
  [true, 'same-origin', 'require-corp'],
  [false, null, null],
])('isolated: %s sends COOP %s and COEP %s', async (isolated, opener, embedder) => {
  const { url } = await serve({ isolated });
  const { headers } = await fetch(url);
  expect(headers.get('cross-origin-opener-policy')).toBe(opener);
  expect(headers.get('cross-origin-embedder-policy')).toBe(embedder);
  expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
});

test('a port in use moves on to the next', async () => {
  const first = await serve();
  const second = await serve({ port: first.port });
  expect(second.port).toBeGreaterThan(first.port);
  expect((await fetch(second.url)).status).toBe(200);
});

test('a folder below a sub-path is found there and nowhere else', async () => {
  const { url } = await serve({ mounts: [{ path: '/sub/app/', folder }] });
  expect((await fetch(`${url}sub/app/script.js`)).status).toBe(200);
  expect((await fetch(`${url}script.js`)).status).toBe(404);
  const withoutSlash = await fetch(`${url}sub/app`);
  expect(withoutSlash.url).toBe(`${url}sub/app/`);
});

test('nothing outside the folder is served', async () => {
  const { url } = await serve({ mounts: [{ path: '/', folder: join(folder, 'packs') }] });
  expect((await fetch(`${url}..%2Fscript.js`)).status).toBe(404);
});

test('an intercepted request does not reach the files', async () => {
  const { url } = await serve({
    intercept(request, response) {
      if (request.url !== '/script.js') return false;
      response.writeHead(503).end();
      return true;
    },
  });
  expect((await fetch(`${url}script.js`)).status).toBe(503);
  expect((await fetch(url)).status).toBe(200);
});
