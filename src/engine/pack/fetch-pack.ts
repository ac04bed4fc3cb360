/** A pack from the web: `pack.json`, then its files one after another, under one count of bytes. */
import { STALL_MS, StallError } from '../../bytes/fetch-in-time.ts';
import { readBody } from '../../bytes/response-chunks.ts';
import { VqaError } from '../../core/errors.ts';
import type { ModelPack } from '../../core/pack/pack.ts';
import { bytesToLoad, filesToLoad, packFile, parsePackText, sentFile } from '../../core/pack/parse-pack.ts';
import { fetchFile, reach } from './fetch-file.ts';
import type { PackCache } from './pack-cache.ts';
import type { FetchOptions, PackStore } from './pack-store.ts';

export interface WebDependencies {
  readonly cache: PackCache;
  readonly fetch: typeof fetch;
  readonly stallMs?: number;
}

export function createWebPackStore({ cache, fetch, stallMs = STALL_MS }: WebDependencies): PackStore {
  return {
    async fetch(packUrl, { signal, onProgress }) {
      const text = await fetchPackJson(packUrl, { cache, fetch, stallMs }, { signal });
      const pack = parsePackText(text);
      const files = new Map<string, Uint8Array<ArrayBuffer>>();
      const count = countBytes(pack, onProgress);
      let stored = true;
      for (const file of filesToLoad(pack)) {
        const fetched = await fetchFile(file, { packUrl, cache, fetch, signal, stallMs, onBytes: count });
        files.set(file.path, fetched.content);
        stored &&= fetched.stored;
      }
      stored &&= await cache.writePackJson(packUrl, text);
      if (stored) await cache.prune(packUrl, pack.files.map(sentFile));
      return {
        pack,
        files,
        storage: stored ? 'stored' : 'memory',
        async fetchLater(path, later) {
          const file = packFile(pack, path);
          const options = { packUrl, cache, fetch, signal: later.signal, stallMs, onBytes: () => undefined };
          return (await fetchFile(file, options)).content;
        },
      };
    },
    inspect: () => cache.inspect(),
    clear: () => cache.clear(),
  };
}

/** Fresh where there is a network, as it last came where there is none. */
async function fetchPackJson(
  packUrl: string,
  { cache, fetch, stallMs }: Required<WebDependencies>,
  { signal }: FetchOptions,
): Promise<string> {
  try {
    const url = new URL('pack.json', packUrl);
    const response = await reach(url, { fetch, stallMs }, { cache: 'no-cache', signal: signal ?? null });
    const text = new TextDecoder().decode(await readBody(response, stallMs, brokenOff));
    // Not every server says that it has more to send: half of a file is no JSON.
    return isJson(text) ? text : ((await cache.readPackJson(packUrl)) ?? text);
  } catch (thrown) {
    const offline = thrown instanceof VqaError && thrown.code === 'pack-interrupted';
    const kept = offline ? await cache.readPackJson(packUrl) : null;
    if (kept === null) throw thrown;
    return kept;
  }
}

function brokenOff(cause: unknown): VqaError {
  const how = cause instanceof StallError ? `stopped: ${cause.message}` : 'broke off';
  return new VqaError('pack-interrupted', `pack.json ${how}.`, { cause });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Totals come from `pack.json`: the length that a compressing server announces is another one. */
function countBytes(
  pack: ModelPack,
  onProgress: FetchOptions['onProgress'],
): (count: number, from: 'cache' | 'web') => void {
  const totalBytes = bytesToLoad(pack);
  let loadedBytes = 0;
  let cachedBytes = 0;
  return (count, from) => {
    loadedBytes += count;
    if (from === 'cache') cachedBytes += count;
    onProgress?.({ stage: 'download', loadedBytes, totalBytes, cachedBytes });
  };
}
