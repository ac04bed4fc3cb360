/** Serves folders of this machine to this machine, with the headers that make a page cross-origin isolated. */
import { realpath, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { basename, extname, join, resolve, sep } from 'node:path';
import send from 'send';

/** One folder below one URL path; `path` starts and ends with `/`. */
export interface Mount {
  readonly path: string;
  readonly folder: string;
  /** The files that are served, by their path in the folder; all of them unless given. */
  readonly files?: (file: string) => boolean | Promise<boolean>;
  /** Lets pages of other sites read the files, as whatever embeds the element must. */
  readonly isPublic?: boolean;
}

export interface StaticServerOptions {
  /** The longest matching path wins. */
  readonly mounts: readonly Mount[];
  /** First port to try; each port in use moves on to the next. 0 takes any free port. */
  readonly port?: number;
  /** Sends COOP and COEP, without which a browser gives WASM no threads. */
  readonly isolated?: boolean;
  /** Sees every request first; returns true when it has taken the answer on itself. */
  readonly intercept?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

export interface StaticServer {
  /** Ends in `/`, without the path of a mount. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';
const MAX_PORTS_TRIED = 50;
const LAST_PORT = 65_535;

/** What this machine calls itself. A name that a stranger made point here is none of them. */
const OWN_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/iu;

const ISOLATION_HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** The versions of a file that the build compresses ahead, best first. */
const ENCODINGS = [
  { name: 'br', suffix: '.br' },
  { name: 'gzip', suffix: '.gz' },
] as const;

/** Of the endings that a build and a pack have. */
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.onnx': 'application/octet-stream',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
};

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

function mountHandler({ path, folder, files, isPublic = true }: Mount, isolated: boolean): Handler {
  return async (request, response) => {
    response.setHeader('Cache-Control', 'no-cache');
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Cross-Origin-Resource-Policy', isPublic ? 'cross-origin' : 'same-origin');
    if (isPublic) response.setHeader('Access-Control-Allow-Origin', '*');
    if (isolated) {
      for (const [name, value] of Object.entries(ISOLATION_HEADERS)) response.setHeader(name, value);
    }
    const root = await realpath(resolve(folder));
    const asked = decoded(pathOf(request).slice(path.length));
    const file = asked === null ? null : await findFile(root, asked);
    if (file !== null && (await (files?.(file) ?? true))) {
      await sendFile(root, file, request, response);
    } else if (asked && (await findFile(root, `${asked}/`)) !== null) {
      response.writeHead(301, { Location: `./${encodeURIComponent(basename(asked))}/` }).end();
    } else {
      response.writeHead(404).end();
    }
  };
}

/** Null for a path with a zero byte or an unfinished escape. */
function decoded(path: string): string | null {
  try {
    const text = decodeURIComponent(path);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}

/** The path below `root`, with the page of a folder; null for what is not there, hidden, or behind a link out of it. */
async function findFile(root: string, asked: string): Promise<string | null> {
  const path = asked === '' || asked.endsWith('/') ? `${asked}index.html` : asked;
  if (path.split(/[/\\]/u).some((part) => part.startsWith('.'))) return null;
  try {
    const real = await realpath(join(root, path));
    const isInside = real.startsWith(root.endsWith(sep) ? root : root + sep);
    return isInside && (await stat(real)).isFile() ? path : null;
  } catch {
    return null;
  }
}

/** Ranges, conditions and what happens when a file goes away meanwhile are the library's. */
async function sendFile(
  root: string,
  file: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const encoding = await chooseEncoding(root, file, request);
  response.setHeader('Vary', 'Accept-Encoding');
  if (encoding) response.setHeader('Content-Encoding', encoding.name);
  const type = TYPES[extname(file).toLowerCase()];
  if (type !== undefined) response.setHeader('Content-Type', type);
  const path = encodeURI(`${file}${encoding?.suffix ?? ''}`)
    .replaceAll('?', '%3F')
    .replaceAll('#', '%23');
  send(request, path, { root, index: false, dotfiles: 'ignore', cacheControl: false })
    .on('error', ({ status = 500 }: { readonly status?: number }) => {
      for (const name of ['Content-Encoding', 'Content-Type', 'Content-Length']) response.removeHeader(name);
      if (!response.headersSent) response.statusCode = status;
      response.end();
    })
    // A file that has shrunk since its length was announced: a cut is seen, a reused connection would be garbled.
    .on('stream', (stream: { bytesRead: number; once(name: 'end', listener: () => void): void }) => {
      const announced = Number(response.getHeader('Content-Length'));
      stream.once('end', () => {
        if (stream.bytesRead < announced) response.destroy();
      });
    })
    .pipe(response);
}

/** A range is one of the file itself: a download that was cut goes on whatever the server compresses. */
async function chooseEncoding(
  root: string,
  file: string,
  { headers }: IncomingMessage,
): Promise<(typeof ENCODINGS)[number] | null> {
  if (headers.range !== undefined) return null;
  const accepted = new Set(
    (headers['accept-encoding'] ?? '')
      .split(',')
      .filter((entry) => !/;\s*q=0(?:\.0*)?\s*$/u.test(entry))
      .map((entry) => entry.split(';')[0]?.trim()),
  );
  for (const encoding of ENCODINGS) {
    if (accepted.has(encoding.name) && (await findFile(root, `${file}${encoding.suffix}`)) !== null)
      return encoding;
  }
  return null;
}

function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split('?')[0] ?? '/';
}

function routeTo(options: StaticServerOptions): (request: IncomingMessage, response: ServerResponse) => void {
  const routes = options.mounts
    .toSorted((a, b) => b.path.length - a.path.length)
    .map((mount) => ({ path: mount.path, handle: mountHandler(mount, options.isolated ?? true) }));
  return (request, response) => {
    if (!OWN_HOST.test(request.headers.host ?? '')) {
      // A site can make its name point to this machine, and would read whatever is served here.
      const words = 'This server answers to localhost alone.\n';
      response.writeHead(421, { 'Content-Type': 'text/plain; charset=utf-8' }).end(words);
      return;
    }
    if (options.intercept?.(request, response)) return;
    const pathname = pathOf(request);
    const route = routes.find(({ path }) => pathname.startsWith(path));
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { Allow: 'GET, HEAD' }).end();
    } else if (route) {
      route.handle(request, response).catch(() => response.destroy());
    } else if (routes.some(({ path }) => path === `${pathname}/`)) {
      // Relative URLs in a page count from the last slash, so a folder's page needs one.
      response.writeHead(301, { Location: `${pathname}/` }).end();
    } else {
      response.writeHead(404).end();
    }
  };
}

/** Resolves with true once the server listens, with false when the port is taken. */
function tryListen(server: Server, port: number): Promise<boolean> {
  return new Promise((done, reject) => {
    const onError = (error: NodeJS.ErrnoException) => {
      server.off('listening', onListening);
      if (error.code === 'EADDRINUSE') done(false);
      else reject(new Error(`port ${port} cannot be used: ${error.message}`, { cause: error }));
    };
    const onListening = () => {
      server.off('error', onError);
      done(true);
    };
    server.once('error', onError);
    server.once('listening', onListening);
    server.listen(port, LOOPBACK);
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

/**
 * Starts serving on the loopback address.
 * @throws Error when no port is free among those after `port`.
 */
export async function serveStatic(options: StaticServerOptions): Promise<StaticServer> {
  const server = createServer(routeTo(options));
  const first = options.port ?? 0;
  const last = Math.min(first + MAX_PORTS_TRIED - 1, LAST_PORT);
  for (let port = first; port <= last; port += 1) {
    if (!(await tryListen(server, port))) continue;
    return {
      url: `http://localhost:${portOf(server)}/`,
      port: portOf(server),
      close: () =>
        new Promise((done) => {
          server.close(() => done());
          server.closeAllConnections();
        }),
    };
  }
  throw new Error(first === last ? `port ${first} is in use` : `ports ${first} to ${last} are all in use`);
}
