/** Where the files of a pack come from: the web and the browser's cache, or a folder. */
import type { LoadProgress } from '../../core/engine.ts';
import type { ModelPack } from '../../core/pack/pack.ts';
import type { CacheReport } from '../../core/types.ts';

export type DownloadProgress = Extract<LoadProgress, { readonly stage: 'download' }>;

export interface FetchOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
}

/** A pack whose files, but those that are fetched when used, are here and have the right hashes. */
export interface FetchedPack {
  readonly pack: ModelPack;
  /** By path. */
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  readonly storage: 'stored' | 'memory';
  /** One of the files left out, checked like the others; `path` is listed in the pack. */
  fetchLater(path: string, options: Pick<FetchOptions, 'signal'>): Promise<Uint8Array<ArrayBuffer>>;
}

export interface PackStore {
  fetch(packUrl: string, options: FetchOptions): Promise<FetchedPack>;
  inspect(): Promise<CacheReport>;
  clear(): Promise<void>;
}
