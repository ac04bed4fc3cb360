/** The answer to a question that is still being typed: it follows the words, and nothing of it is kept. */
import type { StoreApi } from 'zustand/vanilla';
import type { Engine } from '../../core/engine.ts';
import { asVqaError, type VqaError } from '../../core/errors.ts';
import type { Prediction } from '../../core/types.ts';
import { createLatest } from './latest.ts';
import type { SessionState } from './state.ts';

/** Between two keys of someone who types fast; a word that is half there is not worth asking about. */
const PAUSE_MS = 150;
/** Of one more question; beyond it the answer would lag behind the words, and hold up the question itself. */
const SLOWEST_MS = 150;

export interface DraftAnswering {
  /** Follows the question box; call it whenever that has changed. */
  readonly follow: () => Promise<void>;
  readonly stop: () => void;
}

/** @param noticeLoss is told of failures; a question that cannot be read is no matter before it is asked */
export function answerDraft(
  engine: Engine,
  { getState, setState }: StoreApi<SessionState>,
  noticeLoss: (error: VqaError) => void,
): DraftAnswering {
  const drafting = createLatest();

  return {
    async follow() {
      const signal = drafting.start();
      if (getState().draftAnswer) setState({ draftAnswer: null });
      const { draft, photo } = getState();
      if (photo.status !== 'ready' || !isWorthAsking(getState())) return;
      const { imageId } = photo.photo;
      await pause(PAUSE_MS);
      if (signal.aborted) return;
      try {
        const prediction = await engine.ask({ imageId, question: draft }, { signal });
        if (signal.aborted || getState().draft !== draft) return;
        const [best] = prediction.answers;
        setState({
          draftAnswer: best ? { question: draft, best } : null,
          draftMs: millisecondsOf(prediction),
        });
      } catch (thrown) {
        if (!signal.aborted) noticeLoss(asVqaError(thrown));
      }
    },
    stop() {
      drafting.stop();
      if (getState().draftAnswer) setState({ draftAnswer: null });
    },
  };
}

/** Not while a question is at work, and not the question that is answered already. */
function isWorthAsking({ engine, draft, answer, draftMs }: SessionState): boolean {
  if (engine.status !== 'ready' || draft.trim() === '') return false;
  if (answer.status === 'waiting' || answer.status === 'asking') return false;
  const shown = answer.status === 'ready' ? answer.exchange : null;
  if (shown?.prediction.question.trim() === draft.trim()) return false;
  // A recording took its time on another machine.
  const measuredMs = draftMs ?? (shown && !shown.standIn ? millisecondsOf(shown.prediction) : 0);
  return measuredMs <= SLOWEST_MS;
}

function millisecondsOf({ timings }: Prediction): number {
  return timings.tokenizeMs + timings.languageMs + timings.crossMs;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
