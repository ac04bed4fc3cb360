/**
 * Interfaces whose every method takes one object of parameters and `CallOptions` and gives a promise, as types and as
 * data: whatever wraps such an interface (a thread, a queue, error codes) is made from its list of methods.
 */

/** Names of the methods of `S`. */
export type Method<S> = Extract<keyof S, string>;

/** What every method may be given beside its parameters. */
export interface AnyOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: never) => void;
}

/** The list of all methods: the checker refuses a table that lacks one or has one too many. */
export function listMethods<S>(table: Readonly<Record<Method<S>, true>>): readonly Method<S>[] {
  // Object.keys forgets which keys; the table has no others.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return Object.keys(table) as Method<S>[];
}

/** An `S` each of whose methods is `call` with its name. */
export function fromMethods<S>(
  methods: readonly Method<S>[],
  call: (method: Method<S>, params: unknown, options: AnyOptions | undefined) => Promise<unknown>,
): S {
  const entries = methods.map((method) => [
    method,
    (params?: unknown, options?: AnyOptions) => call(method, params, options),
  ]);
  // The list is complete, and `call` gives each method what is its own; the checker cannot pair them.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return Object.fromEntries(entries) as S;
}

/** Calls one method of `service`, whose name is known at run time only. */
export function invoke<S>(
  service: S,
  method: Method<S>,
  params: unknown,
  options: AnyOptions | undefined,
): Promise<unknown> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const table = service as Record<string, (params: unknown, options?: AnyOptions) => Promise<unknown>>;
  return table[method]!(params, options);
}
