/** What a visitor has chosen to look at, as plain JSON that can be stored and put back. */
import type { AttentionModule } from '../core/types.ts';
import { MODULES } from '../session/words/attention-words.ts';
import type { Focus } from '../session/work/state.ts';
import { EXPLAINS, type Explain } from './attributes.ts';
import { fieldsOf, indexOf, indexOr, oneOf, said, textOf } from './shape.ts';
import type { Shown } from './show.ts';

export const STATE_VERSION = 1;

/** Characters; far more than any model reads. */
export const MAX_QUESTION = 2000;

const MODULE_NAMES = MODULES.map(({ module }) => module);

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
    throw new TypeError(`state.version is ${said(version)}, must be ${STATE_VERSION}`);
  }
  const { held } = field;
  return {
    version,
    question: textOf(field['question'], 'state.question', MAX_QUESTION),
    explain: oneOf(EXPLAINS, field['explain'], 'state.explain'),
    module: oneOf(MODULE_NAMES, field['module'], 'state.module'),
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

const SELECTABLE = ['module', 'layer', 'head', 'word', 'region'];

/**
 * Reads a selection that any script may have written; what it leaves out, or gives as undefined, stays out.
 * @throws TypeError naming the field that is not as it must be.
 */
export function parseSelection(value: unknown): Selection {
  const fields = Object.entries(fieldsOf(value, 'selection')).filter(([, given]) => given !== undefined);
  return Object.fromEntries(
    fields.map(([name, given]) => {
      const path = `selection.${oneOf(SELECTABLE, name, 'the name of a field of selection')}`;
      if (name === 'module') return [name, oneOf(MODULE_NAMES, given, path)];
      return [name, indexOr(name === 'layer' ? 'last' : name === 'head' ? 'mean' : null, given, path)];
    }),
  );
}
