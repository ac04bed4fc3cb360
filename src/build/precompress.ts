/**
 * Writes a .br and a .gz beside each compressible file of a build, so that a server only has to pick one. What becomes of
 * a graph is listed in its `pack.json`: the engine asks for it by name and unpacks it itself, whatever the server can do.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, deflate, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const COMPRESSIBLE = new Set(['.css', '.html', '.js', '.json', '.svg', '.txt', '.wasm']);
const MIN_BYTES = 1024;

// Quality 9 takes seconds for the runtime's WASM; 10 takes ten times as long for a seventh less.
const BROTLI_QUALITY = 9;
const GZIP_LEVEL = 9;

const ENCODERS = [
  {
    suffix: '.br',
    encode: (bytes: Buffer) =>
      promisify(brotliCompress)(bytes, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
          [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        },
      }),
  },
  {
    suffix: '.gz',
    encode: (bytes: Buffer) => promisify(gzip)(bytes, { level: GZIP_LEVEL }),
  },
] as const satisfies readonly Encoder[];

const DEFLATE: Encoder = {
  suffix: '-deflate.onnx',
  encode: (bytes: Buffer) => promisify(deflate)(bytes, { level: GZIP_LEVEL }),
};

/** What is not smaller by so much is not worth the unpacking. */
const WORTH = 0.95;

interface Encoder {
  readonly suffix: string;
  readonly encode: (bytes: Buffer) => Promise<Buffer>;
}

/** Compresses, or takes the result of an earlier build with the same bytes. */
async function encodeOnce(bytes: Buffer, encoder: Encoder, cacheFolder: string): Promise<Buffer> {
  const hash = createHash('sha256').update(bytes).digest('hex');
  const cached = join(cacheFolder, `${hash}-${BROTLI_QUALITY}${encoder.suffix}`);
  try {
    return await readFile(cached);
  } catch {
    const encoded = await encoder.encode(bytes);
    await writeFile(cached, encoded);
    return encoded;
  }
}

async function compressFile(path: string, cacheFolder: string): Promise<void> {
  const bytes = await readFile(path);
  if (bytes.length < MIN_BYTES) return;
  await Promise.all(
    ENCODERS.map(async (encoder) => {
      const encoded = await encodeOnce(bytes, encoder, cacheFolder);
      if (encoded.length < bytes.length) await writeFile(`${path}${encoder.suffix}`, encoded);
    }),
  );
}

/** Compresses every compressible file below `folder`. */
export async function compressFolder(folder: string, cacheFolder: string): Promise<void> {
  await mkdir(cacheFolder, { recursive: true });
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  await Promise.all(
    entries
      .filter((entry) => entry.isFile() && COMPRESSIBLE.has(extname(entry.name)))
      .map((entry) => compressFile(join(entry.parentPath, entry.name), cacheFolder)),
  );
}

interface ListedFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Deflates the graphs of a pack and lists what came of it in its `pack.json`. */
export async function deflatePack(folder: string, cacheFolder: string): Promise<void> {
  await mkdir(cacheFolder, { recursive: true });
  const listing = join(folder, 'pack.json');
  const pack: { readonly files: readonly ListedFile[] } = JSON.parse(await readFile(listing, 'utf8'));
  const deflateFile = async (file: ListedFile): Promise<ListedFile> => {
    if (extname(file.path) !== '.onnx') return file;
    const encoded = await encodeOnce(await readFile(join(folder, file.path)), DEFLATE, cacheFolder);
    if (encoded.length > WORTH * file.bytes) return file;
    const path = `${file.path.slice(0, -'.onnx'.length)}${DEFLATE.suffix}`;
    await writeFile(join(folder, path), encoded);
    const sha256 = createHash('sha256').update(encoded).digest('hex');
    return Object.assign(file, { deflated: { path, bytes: encoded.length, sha256 } });
  };
  const files = await Promise.all(pack.files.map(deflateFile));
  await writeFile(listing, `${JSON.stringify({ ...pack, files })}\n`);
}

async function compressBuild(outFolder: string, cacheFolder: string): Promise<void> {
  const packs = join(outFolder, 'packs');
  for (const id of await readdir(packs)) await deflatePack(join(packs, id), cacheFolder);
  await compressFolder(outFolder, cacheFolder);
}

/** The Vite plugin: runs once the build and the copy of `public/` are complete. */
export function precompress(): Plugin {
  let outFolder = '';
  let cacheFolder = '';
  return {
    name: 'precompress',
    apply: 'build',
    configResolved(config) {
      outFolder = resolve(config.root, config.build.outDir);
      cacheFolder = resolve(config.root, '.cache/precompressed');
    },
    writeBundle: {
      order: 'post',
      sequential: true,
      handler: () => compressBuild(outFolder, cacheFolder),
    },
  };
}
