// @vitest-environment node
import { createServer, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { explainStart, fetchRuntime } from './fetch-runtime.ts';

/** An empty module with one section that nobody reads. */
const WASM = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 0, 5, 4, 110, 97, 109, 101]);

type Answer = (response: ServerResponse) => void;
const script: Answer = (response) => response.writeHead(200, { 'content-type': 'text/javascript' }).end('1');
const wasm: Answer = (response) => response.writeHead(200, { 'content-type': 'application/wasm' }).end(WASM);

let server: Server;
let answers: Record<string, Answer>;
let files: { glue: string; wasm: string };

beforeEach(async () => {
  answers = { '/ort.js': script, '/ort.wasm': wasm };
  server = createServer((request, response) => answers[request.url ?? '']?.(response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const root = `http://127.0.0.1:${address.port}`;
  files = { glue: `${root}/ort.js`, wasm: `${root}/ort.wasm` };
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

test('gives the WebAssembly, compiled while it came', async () => {
  const { bytes, module } = await fetchRuntime(files);
  expect(Buffer.from(bytes).equals(WASM)).toBe(true);
  expect(module).toBeInstanceOf(WebAssembly.Module);
});

test('gives the bytes alone where the media type forbids to compile them while they come', async () => {
  answers['/ort.wasm'] = typed('application/octet-stream', WASM);
  const { bytes, module } = await fetchRuntime(files);
  expect(Buffer.from(bytes).equals(WASM)).toBe(true);
  expect(module).toBeNull();
});

const status: (code: number) => Answer = (code) => (response) => response.writeHead(code).end();
const typed: (type: string, body: Buffer | string) => Answer = (type, body) => (response) =>
  response.writeHead(200, { 'content-type': type }).end(body);
const cut: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'application/wasm', 'content-length': 100 });
  response.write(WASM, () => setTimeout(() => response.destroy(), 20));
};
const silent: Answer = () => undefined;
const stalling: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'application/wasm', 'content-length': 100 }).write(WASM);
};

test.each([
  ['ort.js', status(404), 'could not be fetched: the server said 404'],
  ['ort.js', status(503), 'could not be fetched: the server said 503'],
  ['ort.js', typed('application/octet-stream', '1'), 'came as application/octet-stream, and browsers'],
  ['ort.js', typed('text/html', '<p>'), 'came as text/html, and browsers'],
  ['ort.js', silent, 'said nothing for 0 s'],
  ['ort.wasm', status(404), 'could not be fetched: the server said 404'],
  ['ort.wasm', typed('text/html', '<p>'), 'is a web page'],
  ['ort.wasm', typed('application/wasm', WASM.subarray(0, 11)), 'is cut or damaged: 11 bytes came'],
  ['ort.wasm', typed('application/wasm', ''), 'is cut or damaged: 0 bytes came'],
  ['ort.wasm', cut, 'broke off'],
  ['ort.wasm', silent, 'said nothing for 0 s'],
  ['ort.wasm', stalling, 'stopped: nothing came for 0 s'],
] as const)('a fault of %s is named (%#)', async (file, answer, words) => {
  answers[`/${file}`] = answer;
  const stallMs = /nothing/u.test(words) ? 300 : 20_000;
  const failure: unknown = await fetchRuntime(files, { stallMs }).catch((thrown: unknown) => thrown);
  expect(failure).toMatchObject({ code: 'runtime-failed', message: expect.stringContaining(words) });
  expect(failure).toMatchObject({ message: expect.stringContaining(file) });
  answers = { '/ort.js': script, '/ort.wasm': wasm };
  await expect(fetchRuntime(files)).resolves.toBeDefined();
});

test('is stopped by its signal', async () => {
  answers['/ort.wasm'] = silent;
  const controller = new AbortController();
  const fetching = fetchRuntime(files, { signal: controller.signal });
  setTimeout(() => controller.abort(), 50);
  await expect(fetching).rejects.toMatchObject({ name: 'AbortError' });
});

test.each([
  [
    'no available backend found. ERR: [wasm] RuntimeError: Aborted(). Build with -sASSERTIONS for more info.',
    'ort.js cannot be run',
  ],
  [
    'CompileError: WebAssembly.instantiate(): Wasm code generation disallowed by embedder',
    'Content-Security-Policy',
  ],
  ['RangeError: WebAssembly.Memory(): could not allocate memory', 'memory'],
])('what the runtime says becomes a sentence without hints for its builders', (said, words) => {
  const { message, code } = explainStart(new Error(said), files.glue);
  expect(code).toBe('runtime-failed');
  expect(message).toContain(words);
  expect(message).not.toMatch(/ASSERTIONS|ERR:|backend/u);
});
