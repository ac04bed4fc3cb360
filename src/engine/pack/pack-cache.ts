/**
 * Keeps the files of packs in the browser's Cache API, in pieces, so that a cut download goes on where it stopped.
 * A piece's key is its file's URL with the file's hash: another version of the file is another file.
 */
import type { PackFile } from '../../core/pack/pack.ts';
import type { CachedPack, CacheReport } from '../../core/types.ts';

export const PIECE_BYTES = 1 << 20;

const CACHE_NAME = 'in-page-vqa-packs';
const PACK_HEADER = 'x-pack-url';
const FILE_HEADER = 'x-pack-file';
const PACK_JSON = 'pack.json';

export interface PackCache {
  /** The pieces that are here, from the first on without a gap. */
  readPieces(packUrl: string, file: PackFile): Promise<readonly Uint8Array[]>;
  /** @returns whether the browser took it; once it has refused, nothing more is offered to it */
  writePiece(
    packUrl: string,
    file: PackFile,
    index: number,
    piece: Uint8Array<ArrayBuffer>,
  ): Promise<boolean>;
  dropFile(packUrl: string, file: PackFile): Promise<void>;
  /** The text of `pack.json` as it last came, for a visit without a network. */
  readPackJson(packUrl: string): Promise<string | null>;
  writePackJson(packUrl: string, text: string): Promise<boolean>;
  /** Drops what a pack has stored beside `files`: files of its earlier versions. */
  prune(packUrl: string, files: readonly PackFile[]): Promise<void>;
  inspect(): Promise<CacheReport>;
  clear(): Promise<void>;
}

/** @param storage undefined where the browser has none, as on a page that is not served securely */
export function createPackCache(
  storage: CacheStorage | undefined,
  estimateQuota: () => Promise<number | null> = () => Promise.resolve(null),
): PackCache {
  let opened: Promise<Cache | null> | null = null;
  let refusing = false;

  // Private windows have the interface and refuse each use of it.
  const open = async (): Promise<Cache | null> => {
    opened ??= storage === undefined ? Promise.resolve(null) : storage.open(CACHE_NAME).catch(() => null);
    return await opened;
  };

  const write = async (key: string, body: BodyInit, headers: Record<string, string>): Promise<boolean> => {
    const cache = refusing ? null : await open();
    if (cache === null) return false;
    try {
      await cache.put(key, new Response(body, { headers }));
      return true;
    } catch {
      refusing = true;
      return false;
    }
  };

  return {
    async readPieces(packUrl, file) {
      const cache = await open();
      const pieces: Uint8Array[] = [];
      if (cache === null) return pieces;
      while (pieces.length < pieceCount(file)) {
        const response = await cache.match(pieceKey(packUrl, file, pieces.length));
        if (response === undefined) break;
        const piece = new Uint8Array(await response.arrayBuffer());
        if (piece.length !== pieceLength(file, pieces.length)) break;
        pieces.push(piece);
      }
      return pieces;
    },

    writePiece: (packUrl, file, index, piece) =>
      write(pieceKey(packUrl, file, index), piece, {
        [PACK_HEADER]: packUrl,
        [FILE_HEADER]: file.path,
        'content-length': String(piece.length),
      }),

    async dropFile(packUrl, file) {
      const cache = await open();
      for (let index = 0; index < pieceCount(file); index += 1) {
        await cache?.delete(pieceKey(packUrl, file, index));
      }
    },

    async readPackJson(packUrl) {
      const response = await (await open())?.match(packUrl + PACK_JSON);
      return response === undefined ? null : await response.text();
    },

    writePackJson: (packUrl, text) =>
      write(packUrl + PACK_JSON, text, { [PACK_HEADER]: packUrl, [FILE_HEADER]: PACK_JSON }),

    async prune(packUrl, files) {
      const cache = await open();
      const current = new Set(files.map((file) => fileKey(packUrl, file)));
      for (const request of (await cache?.keys()) ?? []) {
        const [key = ''] = request.url.split('&piece=');
        const isCurrent = key === packUrl + PACK_JSON || current.has(key);
        const owner = isCurrent ? null : (await cache?.match(request))?.headers.get(PACK_HEADER);
        if (owner === packUrl) await cache?.delete(request);
      }
    },

    async inspect() {
      const cache = await open();
      if (cache === null) return { status: 'refused' };
      const packs = packsOf(await cache.matchAll());
      return { status: 'available', packs, quotaBytes: await estimateQuota() };
    },

    async clear() {
      opened = null;
      refusing = false;
      await storage?.delete(CACHE_NAME).catch(() => false);
    },
  };
}

export function pieceCount({ bytes }: PackFile): number {
  return Math.ceil(bytes / PIECE_BYTES);
}

export function pieceLength({ bytes }: PackFile, index: number): number {
  return Math.min(PIECE_BYTES, bytes - index * PIECE_BYTES);
}

function fileKey(packUrl: string, { path, sha256 }: PackFile): string {
  return `${new URL(path, packUrl).href}?sha256=${sha256}`;
}

function pieceKey(packUrl: string, file: PackFile, index: number): string {
  return `${fileKey(packUrl, file)}&piece=${index}`;
}

function packsOf(responses: readonly Response[]): CachedPack[] {
  const packs = new Map<string, { storedBytes: number; paths: Set<string> }>();
  for (const { headers } of responses) {
    const url = headers.get(PACK_HEADER) ?? '';
    const path = headers.get(FILE_HEADER) ?? '';
    const pack = packs.get(url) ?? { storedBytes: 0, paths: new Set() };
    pack.storedBytes += Number(headers.get('content-length') ?? 0);
    if (path !== PACK_JSON) pack.paths.add(path);
    packs.set(url, pack);
  }
  return [...packs].map(([url, { storedBytes, paths }]) => ({ url, storedBytes, files: paths.size }));
}
