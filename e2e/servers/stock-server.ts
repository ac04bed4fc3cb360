/** Servers that people have already, with the settings that they come with. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BUILD_FOLDER, PROJECT_FOLDER } from '../../src/build/build-when-stale.ts';
import type { Needed } from '../fixtures/on-this-machine.ts';

export interface StockServer {
  /** Of the folder that is served, ending in `/`. */
  readonly url: string;
  close(): Promise<void>;
}

interface Place {
  readonly folder: string;
  /** Of files that the server writes. */
  readonly scratch: string;
  readonly port: number;
}

interface Kind extends Needed {
  readonly command: (place: Place) => readonly string[];
  /** Written as `server.conf` into the scratch folder. */
  readonly configuration?: (place: Place) => string;
}

/** Where the page is in the served folder, and a page that embeds it. */
export const APP = 'some/app/';
export const TINY = '../../fixtures/tiny-pack/';
export const BLOG = 'blog.html';

export const KINDS = {
  nginx: {
    name: 'nginx',
    files: ['/usr/sbin/nginx', '/etc/nginx/mime.types'],
    packages: 'nginx-light',
    command: ({ scratch }) => ['/usr/sbin/nginx', '-p', scratch, '-c', join(scratch, 'server.conf')],
    // As Debian's own nginx.conf has it, but for the places that only root may write to.
    configuration: ({ folder, scratch, port }) => `
      daemon off;
      ${process.getuid?.() === 0 ? 'user root;' : ''}
      pid ${scratch}/pid;
      error_log ${scratch}/error.log;
      events {}
      http {
        sendfile on;
        include /etc/nginx/mime.types;
        default_type application/octet-stream;
        access_log off;
        gzip on;
        ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${scratch}/${name};`).join('\n')}
        server { listen 127.0.0.1:${port}; root ${folder}; }
      }`,
  },
  python: {
    name: 'python3 -m http.server',
    files: ['/usr/bin/python3'],
    packages: 'python3',
    command: ({ folder, port }) => [
      '/usr/bin/python3',
      '-m',
      'http.server',
      String(port),
      '--bind',
      '127.0.0.1',
      '--directory',
      folder,
    ],
  },
} as const satisfies Record<string, Kind>;

export async function openStockServer({ command, ...kind }: Kind): Promise<StockServer> {
  const scratch = await mkdtemp(join(tmpdir(), 'in-page-vqa-'));
  const place = { folder: join(scratch, 'site'), scratch, port: await freePort() };
  await layOut(place.folder);
  if (kind.configuration) await writeFile(join(scratch, 'server.conf'), kind.configuration(place));
  const [program = '', ...options] = command(place);
  const server = spawn(program, options, { stdio: 'ignore' });
  const url = `http://127.0.0.1:${place.port}/`;
  await untilAnswering(url);
  return {
    url,
    async close() {
      server.kill();
      await once(server, 'exit');
      await rm(scratch, { recursive: true, force: true });
    },
  };
}

async function layOut(folder: string): Promise<void> {
  await mkdir(join(folder, 'some'), { recursive: true });
  await symlink(BUILD_FOLDER, join(folder, APP.slice(0, -1)));
  await symlink(join(PROJECT_FOLDER, 'models/fixtures'), join(folder, 'fixtures'));
  const element = `<in-page-vqa src="${APP}samples/coffee.jpg" pack="fixtures/tiny-pack/" backend="wasm"
    question="is the cup red?"></in-page-vqa>`;
  await writeFile(
    join(folder, BLOG),
    `<!doctype html><title>A blog</title><script type="module" src="${APP}embed/in-page-vqa.js"></script>${element}`,
  );
}

async function untilAnswering(url: string): Promise<void> {
  for (const until = Date.now() + 20_000; Date.now() < until;) {
    if (await fetch(url + BLOG).catch(() => null)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`nothing answers at ${url}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}
