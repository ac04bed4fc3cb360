/** What an element has on screen, worked out from its session and its settings. */
import type { ExplanationMethod } from '../core/explanation.ts';
import type { ErrorReport, Scene } from '../core/types.ts';
import type { Recording } from '../recording/recording.ts';
import {
  selectError,
  selectExchange,
  selectPhase,
  selectScene,
  type PagePhase,
} from '../session/work/selectors.ts';
import { showFocused, showSlice, type ShownAttention } from '../session/inquiry/show-attention.ts';
import { showEvidence, type ShownExplanation } from '../session/inquiry/show-explanation.ts';
import type { Exchange, Session, SessionState } from '../session/work/state.ts';
import { suggestQuestions } from '../session/work/suggest-questions.ts';
import type { Explain } from './attributes.ts';
import type { ExplanationStatus } from './run-explanation.ts';
import type { Sitting } from './connection.ts';

/** `poster`: nothing has begun. `fetching`: a recording is on its way. `failed`: it did not arrive. */
export type Phase = 'poster' | 'fetching' | 'failed' | PagePhase;

export interface Shown {
  readonly phase: Phase;
  /** Null while there is no session. */
  readonly session: Session | null;
  readonly state: SessionState | null;
  /** What is played; null when the models answer. */
  readonly recording: Recording | null;
  readonly scene: Scene | null;
  readonly exchange: Exchange | null;
  /** The error to show. */
  readonly error: ErrorReport | null;
  /** What may be chosen; the models' own list once they are there. */
  readonly methods: readonly ExplanationMethod[];
  /** What is laid over the photo; null for nothing. */
  readonly method: ExplanationMethod | null;
  /** Whether `method` has to be computed; attention comes with every answer. */
  readonly isExplained: boolean;
  /** Null unless attention is wanted and an answer is there. */
  readonly attention: ShownAttention | null;
  /** How far the explanation of the answer on screen is. */
  readonly explanation: ExplanationStatus;
  /** What is known of it by now. */
  readonly evidence: ShownExplanation | null;
  /** Questions to press on: the recorded ones, or such as the regions suggest. */
  readonly suggestions: readonly string[];
}

/** What answers, as far as it is there. */
export type ShownSource =
  | { readonly source: 'none' }
  | { readonly source: 'fetching' }
  | { readonly source: 'failed'; readonly error: ErrorReport }
  | { readonly source: 'sitting'; readonly sitting: Sitting };

export interface Showing {
  show(source: ShownSource, settings: { readonly explain: Explain }, explanation: ExplanationStatus): Shown;
}

const NOTHING = {
  session: null,
  state: null,
  recording: null,
  scene: null,
  exchange: null,
  error: null,
  methods: [],
  method: null,
  isExplained: false,
  attention: null,
  evidence: null,
  suggestions: [],
} as const;

/** Remembers the last slice and suggestions, which a moving focus does not change. */
export function createShowing(): Showing {
  const sliceOf = remember(showSlice);
  const suggest = remember((scene: Scene | null) => (scene ? suggestQuestions(scene.regions) : []));

  return {
    show(source, { explain }, explanation) {
      if (source.source === 'none') return { ...NOTHING, phase: 'poster', explanation };
      if (source.source === 'fetching') return { ...NOTHING, phase: 'fetching', explanation };
      if (source.source === 'failed') {
        return { ...NOTHING, phase: 'failed', error: source.error, explanation };
      }
      const { session, recording } = source.sitting;
      const state = session.getState();
      const exchange = selectExchange(state);
      const scene = selectScene(state);
      const methods = methodsOf(state);
      const method = methodFor(explain, state, methods);
      const isExplained = method !== null && method !== 'attention';
      const isPlainAttention = method === 'attention' && exchange !== null;
      return {
        phase: selectPhase(state),
        session,
        state,
        recording,
        scene,
        exchange,
        error: selectError(state),
        methods,
        method,
        isExplained,
        attention: isPlainAttention
          ? showFocused(exchange, sliceOf(exchange, state.attentionView), state.focus)
          : null,
        explanation,
        evidence:
          exchange && isExplained && explanation.status === 'ready'
            ? showEvidence(exchange, explanation.explanation)
            : null,
        suggestions: recording ? recording.answers.map(({ question }) => question) : suggest(scene),
      };
    },
  };
}

/** Attention comes with every answer, whatever a pack or a recording can explain beside it. */
function methodsOf({ engine }: SessionState): readonly ExplanationMethod[] {
  const methods = engine.status === 'ready' ? engine.report.abilities.methods : [];
  return methods.includes('attention') ? methods : ['attention', ...methods];
}

function methodFor(
  explain: Explain,
  { engine }: SessionState,
  methods: readonly ExplanationMethod[],
): ExplanationMethod | null {
  if (explain === 'none') return null;
  if (explain !== 'auto') return methods.includes(explain) ? explain : 'attention';
  return engine.status === 'ready' ? engine.report.abilities.defaultMethod : 'attention';
}

/** Repeats the last result for the last arguments. */
function remember<Arguments extends readonly unknown[], Result>(
  work: (...given: Arguments) => Result,
): (...given: Arguments) => Result {
  let last: { readonly given: Arguments; readonly result: Result } | null = null;
  return (...given) => {
    if (last?.given.every((each, index) => each === given[index])) return last.result;
    last = { given, result: work(...given) };
    return last.result;
  };
}
