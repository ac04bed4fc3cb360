/** Serves folders of this machine to this machine, with the headers that make a page cross-origin isolated. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import sirv from 'sirv';

/** One folder below one URL path; `path` starts and ends with `/`. */
export interface Mount {
  readonly path: string;
  readonly folder: string;
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

const ISOLATION_HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** Types that the file server does not know by name. */
const EXTRA_TYPES: readonly (readonly [suffix: string, type: string])[] = [
  ['.onnx', 'application/octet-stream'],
];

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

function mountHandler(mount: Mount, isolated: boolean): Handler {
  const files = sirv(mount.folder, {
    brotli: true,
    gzip: true,
    etag: true,
    setHeaders(response, pathname) {
      const extra = EXTRA_TYPES.find(([suffix]) => pathname.endsWith(suffix));
      if (extra) response.setHeader('Content-Type', extra[1]);
    },
  });
  return (request, response) => {
    response.setHeader('Cache-Control', 'no-cache');
    response.setHeader('Accept-Ranges', 'bytes');
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    // The element, its worker and its packs are fetched from other sites' pages; nothing here is private.
    response.setHeader('Access-Control-Allow-Origin', '*');
    if (isolated) {
      for (const [name, value] of Object.entries(ISOLATION_HEADERS)) response.setHeader(name, value);
    }
    // The file server looks below its own folder: it sees the path behind the mount.
    request.url = `/${(request.url ?? '/').slice(mount.path.length)}`;
    files(request, response);
  };
}

function routeTo(options: StaticServerOptions): Handler {
  const routes = options.mounts
    .toSorted((a, b) => b.path.length - a.path.length)
    .map((mount) => ({ path: mount.path, handle: mountHandler(mount, options.isolated ?? true) }));
  return (request, response) => {
    if (options.intercept?.(request, response)) return;
    const [pathname = '/'] = (request.url ?? '/').split('?');
    const route = routes.find(({ path }) => pathname.startsWith(path));
    if (route) {
      route.handle(request, response);
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
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    };
    server.once('error', onError);
    server.listen(port, LOOPBACK, () => {
      server.off('error', onError);
      resolve(true);
    });
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
  for (let port = first; port < first + MAX_PORTS_TRIED; port += 1) {
    if (!(await tryListen(server, port))) continue;
    return {
      url: `http://localhost:${portOf(server)}/`,
      port: portOf(server),
      close: () =>
        new Promise((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    };
  }
  throw new Error(`ports ${first} to ${first + MAX_PORTS_TRIED - 1} are all in use`);
}
