/** A question as one promise, over a session whose questions are part of its state. */
import { VqaError } from '../core/errors.ts';
import type { ErrorReport, Prediction } from '../core/types.ts';
import { selectError } from '../session/work/selectors.ts';
import type { Session, SessionState } from '../session/work/state.ts';

/** Waits for photo and models too; rejects as `cancelled` when another question takes its place. */
export function waitForAnswer(session: Session, question: string): Promise<Prediction> {
  const before = session.getState().answer;
  void session.ask(question);
  return new Promise((resolve, reject) => {
    let unsubscribe: (() => void) | null = null;
    const settle = (state: SessionState): boolean => {
      const outcome = outcomeOf(state, question, before);
      if (outcome === 'waiting') return false;
      unsubscribe?.();
      if (outcome instanceof VqaError) reject(outcome);
      else resolve(outcome);
      return true;
    };
    if (!settle(session.getState())) unsubscribe = session.subscribe(settle);
  });
}

function outcomeOf(
  state: SessionState,
  question: string,
  before: SessionState['answer'],
): Prediction | VqaError | 'waiting' {
  const { answer, photo, engine } = state;
  if (answer.status === 'ready' && answer !== before) {
    const { prediction } = answer.exchange;
    return prediction.question === question ? prediction : replaced();
  }
  const failure: ErrorReport | null = answer.status === 'failed' ? answer.error : selectError(state);
  if (failure && (answer.status === 'failed' || engine.status === 'failed' || photo.status !== 'ready')) {
    return VqaError.fromReport(failure);
  }
  if (photo.status === 'none') {
    return new VqaError('image-empty', 'There is no photo to ask about.');
  }
  const isOther = 'question' in answer ? answer.question !== question : answer.status === 'none';
  return isOther ? replaced() : 'waiting';
}

function replaced(): VqaError {
  return new VqaError('cancelled', 'Another photo or question has taken the place of this one.');
}
