/**
 * Keeps packs from the web in a folder, piece by piece as a page does: a program that starts again downloads nothing, and a
 * cut download goes on. Below the folder each pack has one of its own with `pack.json` and a file for every piece.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { PackFile } from '../core/pack/pack.ts';
import { pieceCount, pieceLength, type PackCache } from '../engine/pack/pack-cache.ts';

const PACK_JSON = 'pack.json';

/** Where programs keep what they can fetch again: `XDG_CACHE_HOME` (or `LOCALAPPDATA` on Windows), or `~/.cache`. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const { XDG_CACHE_HOME: chosen, LOCALAPPDATA: windows } = environment;
  return join(chosen || windows || join(homedir(), '.cache'), 'in-page-vqa');
}

/** Gives up silently where the folder cannot be written: the pack is then held in memory alone. */
export function createFolderCache(folder: string): PackCache {
  const folderOf = (packUrl: string) =>
    join(folder, createHash('sha256').update(packUrl).digest('hex').slice(0, 16));
  const read = async (packUrl: string, name: string) =>
    await readFile(join(folderOf(packUrl), name)).catch(() => null);
  const write = async (packUrl: string, name: string, content: Uint8Array | string): Promise<boolean> => {
    const file = join(folderOf(packUrl), name);
    // Another process may be reading, or writing the same.
    const partial = `${file}.${process.pid}.partial`;
    try {
      await mkdir(folderOf(packUrl), { recursive: true });
      await writeFile(partial, content);
      await rename(partial, file);
      return true;
    } catch {
      return false;
    }
  };

  return {
    async readPieces(packUrl, file) {
      const pieces: Uint8Array[] = [];
      while (pieces.length < pieceCount(file)) {
        const piece = await read(packUrl, pieceName(file, pieces.length));
        if (piece?.length !== pieceLength(file, pieces.length)) break;
        pieces.push(piece);
      }
      return pieces;
    },
    writePiece: (packUrl, file, index, piece) => write(packUrl, pieceName(file, index), piece),
    async dropFile(packUrl, file) {
      for (let index = 0; index < pieceCount(file); index += 1)
        await rm(join(folderOf(packUrl), pieceName(file, index)), { force: true });
    },
    async readPackJson(packUrl) {
      return (await read(packUrl, PACK_JSON))?.toString('utf8') ?? null;
    },
    writePackJson: (packUrl, text) => write(packUrl, PACK_JSON, text),
    async prune(packUrl, files) {
      const current = new Set(files.map(({ sha256 }) => sha256));
      for (const name of await readdir(folderOf(packUrl))) {
        const isOld = /^[0-9a-f]{64}-\d+$/u.test(name) && !current.has(name.slice(0, 64));
        if (isOld) await rm(join(folderOf(packUrl), name), { force: true });
      }
    },
    // For pages, which show it.
    inspect: () => Promise.resolve({ status: 'available', packs: [], quotaBytes: null }),
    clear: () => rm(folder, { recursive: true, force: true }),
  };
}

function pieceName({ sha256 }: PackFile, index: number): string {
  return `${sha256}-${index}`;
}
