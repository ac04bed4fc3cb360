/** What crosses the boundary to the thread that makes packs. Every type is derived from `PackMaker`. */
import type { MakeProgress, PackMaker } from '../core/published.ts';
import type { ErrorReport } from '../core/types.ts';

export type MakerMethod = keyof PackMaker;

/** What each method takes; `undefined` for those without parameters. */
export type MakerParams = {
  readonly [M in MakerMethod]: Parameters<PackMaker[M]> extends readonly [infer P, ...unknown[]]
    ? P
    : undefined;
};

export type MakerResults = { readonly [M in MakerMethod]: Awaited<ReturnType<PackMaker[M]>> };

export type MakerRequest<M extends MakerMethod = MakerMethod> = {
  readonly [Name in M]: { readonly method: Name; readonly params: MakerParams[Name] };
}[M];

/** Where recipes and weights lie; a page says it with every call, for the worker keeps nothing. */
export interface MakerSettings {
  /** Absolute URL of the folder of recipes, ending in `/`. */
  readonly publishedUrl: string;
  /** Tried in turn. */
  readonly hubUrls: readonly string[];
}

export type MakerClientMessage =
  | {
      readonly type: 'call';
      readonly id: number;
      readonly request: MakerRequest;
      readonly settings: MakerSettings;
    }
  | { readonly type: 'cancel'; readonly id: number };

export type MakerServerMessage =
  | { readonly type: 'progress'; readonly id: number; readonly progress: MakeProgress }
  | { readonly type: 'result'; readonly id: number; readonly result: MakerResults[MakerMethod] }
  | { readonly type: 'failure'; readonly id: number; readonly error: ErrorReport };
