/** What a visitor has chosen to look at, as plain JSON that can be stored and put back. */
import type { AttentionModule } from '../core/types.ts';
import { MODULES } from '../session/words/attention-words.ts';
import type { Focus } from '../session/work/state.ts';
import { EXPLAINS, type Explain } from './attributes.ts';
import type { Shown } from './show.ts';

export const STATE_VERSION = 1;

export interface ElementState {
  readonly version: typeof STATE_VERSION;
  /** The question in the box; answered or not. */
  readonly question: string;
  readonly explain: Explain;
  /** Which attention is shown while `explain` is `attention`; layers and heads count from 0. */
  readonly module: AttentionModule;
  readonly layer: number | 'last';
  readonly head: number | 'mean';
  /** The word or the region that is held fast. */
  readonly held: { readonly kind: 'token' | 'region'; readonly index: number } | null;
}

/** What `select` can choose; whatever is left out stays. */
export interface Selection {
  readonly module?: AttentionModule;
  /** From 0. */
  readonly layer?: number | 'last';
  /** From 0; `mean` averages them. */
  readonly head?: number | 'mean';
  /** Index of a word of the question, [CLS] being 0; null lets go. */
  readonly word?: number | null;
  /** Index of a region, as in the scene; null lets go. */
  readonly region?: number | null;
}

export function stateOf({ state }: Shown, question: string, explain: Explain): ElementState {
  const { module, layer, head } = state?.attentionView ?? {
    module: 'textToRegion',
    layer: 'last',
    head: 'mean',
  };
  const focus: Focus = state?.focus ?? { kind: 'none' };
  return {
    version: STATE_VERSION,
    question,
    explain,
    module,
    layer,
    head,
    held: focus.kind !== 'none' && focus.locked ? { kind: focus.kind, index: focus.index } : null,
  };
}

/**
 * Reads a state that may have been stored by anybody.
 * @throws TypeError naming the field that is not as it must be.
 */
export function parseState(value: unknown): ElementState {
  const field = fieldsOf(value, 'state');
  const version = field['version'];
  if (version !== STATE_VERSION) {
    throw new TypeError(`state.version is ${String(version)}, must be ${STATE_VERSION}`);
  }
  const { question, held } = field;
  if (typeof question !== 'string') throw new TypeError('state.question must be text');
  return {
    version,
    question,
    explain: oneOf(EXPLAINS, field['explain'], 'state.explain'),
    module: oneOf(
      MODULES.map(({ module }) => module),
      field['module'],
      'state.module',
    ),
    layer: indexOr('last', field['layer'], 'state.layer'),
    head: indexOr('mean', field['head'], 'state.head'),
    held: held === null || held === undefined ? null : parseHeld(fieldsOf(held, 'state.held')),
  };
}

function parseHeld(held: Readonly<Record<string, unknown>>): ElementState['held'] {
  return {
    kind: oneOf(['token', 'region'] as const, held['kind'], 'state.held.kind'),
    index: indexOf(held['index'], 'state.held.index'),
  };
}

function fieldsOf(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw new TypeError(`${name} must be an object`);
  return Object.fromEntries(Object.entries(value));
}

function oneOf<Value>(values: readonly Value[], given: unknown, name: string): Value {
  const found = values.find((value) => value === given);
  if (found === undefined)
    throw new TypeError(`${name} is ${String(given)}, must be one of ${values.join(', ')}`);
  return found;
}

function indexOr<Word>(word: Word, given: unknown, name: string): number | Word {
  return given === word ? word : indexOf(given, name);
}

function indexOf(given: unknown, name: string): number {
  if (typeof given === 'number' && Number.isInteger(given) && given >= 0) return given;
  throw new TypeError(`${name} is ${String(given)}, must be a whole number from 0`);
}
