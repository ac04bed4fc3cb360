/** How a published checkpoint becomes a pack: `recipe.json`, which Python writes beside its graphs without weights. */
import type { JsonField } from '../../core/json-field.ts';
import type { Precision, PublishedRole, StoredAs } from '../../core/published.ts';

export const RECIPE_SCHEMA_VERSION = 1;

/** What a file beside the recipe, or on the web, is for. */
export const SOURCE_ROLES = [
  'weights',
  'vocabulary',
  'tokenizer',
  'configuration',
  'objects',
  'attributes',
  'answers',
] as const;

export type SourceRole = (typeof SOURCE_ROLES)[number];

export interface RecipeSource {
  readonly role: SourceRole;
  /** Absolute, but for `{hub}` in place of the hub's address; or the absolute address of a file that ships here. */
  readonly url: string;
  /** Other addresses of the same file, tried in turn where the one before gives none. */
  readonly mirrors: readonly string[];
  readonly bytes: number | null;
  /** Lower-case hexadecimal; null where no public record tells it. */
  readonly sha256: string | null;
  readonly licence: string | null;
}

/** A number that shapes of weights depend on. */
export interface SizeRule {
  /** As published. */
  readonly value: number;
  /** Where `config.json` may have it: keys, with dots between those that lie in each other. */
  readonly config: readonly string[];
  /** Where the weights show it. */
  readonly parameter: { readonly name: string; readonly axis: number } | null;
  /** Such as `layer.{}.weight`: the size is the number of such parameters. */
  readonly counted: string | null;
  /** The graphs hold it: other weights cannot change it. */
  readonly fixed: boolean;
}

/** A number, a size by its name, a multiple of one as `3*hidden`, or `1/sqrt(name)`. */
export type SizeTerm = number | string;

export interface WeightRule {
  /** Names after key mapping; several are put one behind the other along their first axis. */
  readonly parameters: readonly string[];
  /** Rows that are used, counted after that; null for all. */
  readonly rows: { readonly from: SizeTerm; readonly to: SizeTerm } | null;
  readonly isTransposed: boolean;
  readonly batchNorm: {
    readonly prefix: string;
    readonly epsilon: number;
    readonly part: 'kernel' | 'bias';
  } | null;
  /** Only the count of numbers has to agree. */
  readonly isReshaped: boolean;
  /** Of the initializer; null for the dims in the skeleton. */
  readonly dims: readonly SizeTerm[] | null;
  /** Stands in where the weights have no such parameter. */
  readonly fallback: readonly number[] | null;
}

export interface RecipeConstant {
  readonly initializer: string;
  readonly values: readonly SizeTerm[];
}

export interface RecipeGraph {
  /** Name in the pack. */
  readonly file: string;
  /** Absolute addresses; a pack goes without the graph in a precision that has none. */
  readonly skeletons: Readonly<Partial<Record<Precision, string>>>;
  /** By the name of a stack of layers in the skeleton, empty where it is the only one, the size that says how many. */
  readonly layers: ReadonlyMap<string, string>;
  /** Graphs before this one that have its weights, by the same names: they are read there, and not written again. */
  readonly borrows: readonly string[];
  /** By the initializer's name without `:q` and `:scale`. */
  readonly weights: ReadonlyMap<string, WeightRule>;
  readonly constants: readonly RecipeConstant[];
}

/** What one checkpoint brings into a pack. */
export interface RecipePart {
  readonly role: PublishedRole;
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly licence: string;
  readonly sources: readonly RecipeSource[];
  readonly sizes: ReadonlyMap<string, SizeRule>;
  /** What `config.json` must say, if it says anything, by key. */
  readonly required: ReadonlyMap<string, string>;
  readonly graphs: readonly RecipeGraph[];
  /** Part of `pack.json`, read when the pack is put together. */
  readonly pack: JsonField;
}

export interface Recipe {
  readonly lxmert: RecipePart;
  readonly detector: RecipePart;
}

/** In which the weights of a part are stored. */
export function precisionOf(
  { role }: Pick<RecipePart, 'role'>,
  { precision, exactDetector }: StoredAs,
): Precision {
  return role === 'detector' && exactDetector ? 'fp32' : precision;
}

/** The graphs of a part that a pack in this precision has. */
export function graphsIn({ graphs }: Pick<RecipePart, 'graphs'>, precision: Precision): RecipeGraph[] {
  return graphs.filter(({ skeletons }) => skeletons[precision] !== undefined);
}

export function partsOf({ detector, lxmert }: Recipe): readonly RecipePart[] {
  return [detector, lxmert];
}
