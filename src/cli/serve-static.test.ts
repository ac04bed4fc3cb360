// @vitest-environment node
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
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
  ['', 'text/html; charset=utf-8'],
  ['script.js', 'text/javascript; charset=utf-8'],
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

test.each([
  ['bytes=4000-', 206, 'bytes 4000-4095/4096', [4000, 4096]],
  ['bytes=0-0', 206, 'bytes 0-0/4096', [0, 1]],
  ['bytes=-10', 206, 'bytes 4086-4095/4096', [4086, 4096]],
  ['bytes=4090-9999', 206, 'bytes 4090-4095/4096', [4090, 4096]],
  // Several ranges, another unit and no ranges at all may be ignored: the whole file comes.
  ['bytes=0-1,5-6', 200, null, [0, 4096]],
  ['lines=1-2', 200, null, [0, 4096]],
  ['bytes=x', 200, null, [0, 4096]],
  ['bytes=5-2', 416, 'bytes */4096', null],
  ['bytes=4096-', 416, 'bytes */4096', null],
  ['bytes=-0', 416, 'bytes */4096', null],
] as const)('weights asked for with %s', async (range, status, contentRange, bytes) => {
  const { url } = await serve();
  const response = await fetch(`${url}packs/weights.onnx`, { headers: { Range: range } });
  expect(response.status).toBe(status);
  expect(response.headers.get('content-encoding')).toBe(null);
  expect(response.headers.get('content-range')).toBe(contentRange);
  const body = new Uint8Array(await response.arrayBuffer());
  if (bytes) expect(body).toEqual(WEIGHTS.slice(...bytes));
});

test('a range of a file that is also there compressed is one of the file itself', async () => {
  const { url } = await serve();
  const headers = { Range: 'bytes=8-11', 'Accept-Encoding': 'br' };
  const response = await fetch(`${url}script.js`, { headers });
  expect(response.headers.get('content-encoding')).toBe(null);
  expect(await response.text()).toBe(SCRIPT.slice(8, 12));
});

test('a file that is made anew or deleted while the server runs is sent as it is now', async () => {
  const file = join(folder, 'packs/later.onnx');
  const { url } = await serve();
  const read = async () => {
    const response = await fetch(`${url}packs/later.onnx`);
    return [response.status, await response.text()];
  };
  expect(await read()).toEqual([404, '']);
  await writeFile(file, 'first');
  expect(await read()).toEqual([200, 'first']);
  await writeFile(file, 'second, and longer');
  expect(await read()).toEqual([200, 'second, and longer']);
  await rm(file);
  expect((await read())[0]).toBe(404);
  expect((await fetch(url)).status).toBe(200);
});

test('a file that shrinks while it is sent is seen to be cut', async () => {
  const file = join(folder, 'packs/shrinking.onnx');
  await writeFile(file, new Uint8Array(64_000_000));
  const { url } = await serve();
  const response = await fetch(`${url}packs/shrinking.onnx`);
  await truncate(file, 1000);
  await expect(response.arrayBuffer()).rejects.toThrow();
  await rm(file);
  expect((await fetch(url)).status).toBe(200);
});

/** With a `Host` of one's choice, which `fetch` does not let through. */
async function statusFor(url: string, host: string): Promise<number | undefined> {
  const sent = request(url, { headers: { host } }).end();
  const [response] = await once(sent, 'response');
  response.resume();
  return response.statusCode;
}

test.each([
  ['localhost', 200],
  ['127.0.0.1', 200],
  ['[::1]', 200],
  ['example.org', 421],
  ['localhost.example.org', 421],
])('a request for host %j is answered with %s', async (host, status) => {
  const { url, port } = await serve();
  expect(await statusFor(url, `${host}:${port}`)).toBe(status);
});

test('of a mount with listed files nothing else is served, and to no other site', async () => {
  const { url } = await serve({
    mounts: [
      { path: '/', folder },
      {
        path: '/pack/',
        folder: join(folder, 'packs'),
        files: (file: string) => file === 'weights.onnx',
        isPublic: false,
      },
    ],
  });
  await writeFile(join(folder, 'packs/notes.txt'), 'private');
  const response = await fetch(`${url}pack/weights.onnx`);
  expect(response.status).toBe(200);
  expect(response.headers.get('access-control-allow-origin')).toBe(null);
  expect(response.headers.get('cross-origin-resource-policy')).toBe('same-origin');
  for (const path of ['pack/notes.txt', 'pack/', 'pack/../packs/notes.txt/', 'pack/.%2Fnotes.txt'])
    expect((await fetch(url + path)).status, path).toBe(404);
  expect((await fetch(url)).headers.get('access-control-allow-origin')).toBe('*');
});

test('a link inside the folder is followed, one that leads out of it is not', async () => {
  const inner = join(folder, 'packs');
  await symlink(join(inner, 'weights.onnx'), join(inner, 'inside.onnx'));
  await symlink(join(folder, 'script.js'), join(inner, 'outside.js'));
  const { url } = await serve({ mounts: [{ path: '/', folder: inner }] });
  expect((await fetch(`${url}inside.onnx`)).status).toBe(200);
  expect((await fetch(`${url}outside.js`)).status).toBe(404);
});

test('a folder asked for without its slash leads to its page', async () => {
  await writeFile(join(folder, 'packs/index.html'), '<title>packs</title>');
  const { url } = await serve();
  const response = await fetch(`${url}packs`);
  expect(response.url).toBe(`${url}packs/`);
  expect(await response.text()).toContain('packs');
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

test('the last port of all is tried, and then it is said that none is free', async () => {
  const first = await serve({ port: 65_535 }).catch(() => null);
  const error = 'port 65535 is in use';
  if (first) await expect(serve({ port: 65_535 })).rejects.toThrow(error);
});

test('an intercepted request does not reach the files', async () => {
  const { url } = await serve({
    intercept(asked, response) {
      if (asked.url !== '/script.js') return false;
      response.writeHead(503).end();
      return true;
    },
  });
  expect((await fetch(`${url}script.js`)).status).toBe(503);
  expect((await fetch(url)).status).toBe(200);
});
