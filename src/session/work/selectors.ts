/** What the page shows, computed from the state. Those that return fresh arrays are for `useMemo`. */
import { doubtSentence } from '../../core/pack/doubt-sentence.ts';
import { percent } from '../../core/percent.ts';
import type { ErrorReport, Prediction, Scene, TokenizedQuestion } from '../../core/types.ts';
import type { Exchange, Photo, SessionState } from './state.ts';

/** One word for the whole page, for layout and for the live region. */
export type PagePhase =
  | 'empty'
  | 'loading'
  | 'looking'
  | 'ready'
  | 'thinking'
  | 'answered'
  | 'photo-failed'
  | 'answer-failed'
  | 'engine-failed';

export interface StageTiming {
  readonly stage: string;
  readonly milliseconds: number;
}

export function selectPhoto({ photo }: SessionState): Photo | null {
  return 'photo' in photo ? photo.photo : null;
}

/** The answer on screen: null while a question is at work; after a failure the last answer about the photo stays. */
export function selectExchange(state: SessionState): Exchange | null {
  const { answer, history } = state;
  if (answer.status === 'ready') return answer.exchange;
  if (answer.status !== 'failed') return null;
  const imageId = selectPhoto(state)?.imageId;
  return history.find(({ photo }) => photo.imageId === imageId) ?? null;
}

export function selectPrediction(state: SessionState): Prediction | null {
  return selectExchange(state)?.prediction ?? null;
}

/** The regions on screen: those that the shown answer was computed on, else those last detected. */
export function selectScene(state: SessionState): Scene | null {
  const exchange = selectExchange(state);
  if (exchange) return exchange.scene;
  return state.photo.status === 'ready' ? state.photo.scene : null;
}

/** Tokens of the text in the question box; null until the tokenizer has caught up with the typing. */
export function selectDraftTokens({ draft, draftTokens }: SessionState): TokenizedQuestion | null {
  return draftTokens?.question === draft ? draftTokens.result : null;
}

/** The error to show most prominently: what the person just did, then the answer, the photo, the engine. */
export function selectError({ inputError, answer, photo, engine }: SessionState): ErrorReport | null {
  if (inputError) return inputError;
  if (engine.status === 'failed') return engine.error;
  if (photo.status === 'failed') return photo.error;
  return answer.status === 'failed' ? answer.error : null;
}

export function selectPhase({ engine, photo, answer }: SessionState): PagePhase {
  if (engine.status === 'failed') return 'engine-failed';
  if (photo.status === 'none') return engine.status === 'loading' ? 'loading' : 'empty';
  if (photo.status === 'failed') return 'photo-failed';
  if (photo.status === 'waiting') return answer.status === 'ready' ? 'answered' : 'loading';
  if (photo.status !== 'ready') return 'looking';
  if (answer.status === 'none') return 'ready';
  if (answer.status === 'failed') return 'answer-failed';
  return answer.status === 'ready' ? 'answered' : 'thinking';
}

/** Milliseconds per stage in the order in which they ran; the photo's stages first. */
export function selectTimings(state: SessionState): readonly StageTiming[] {
  // What a recording took, it took on another machine.
  if (selectExchange(state)?.standIn) return [];
  const scene = selectScene(state);
  const prediction = selectPrediction(state);
  const timings: StageTiming[] = [];
  if (scene) {
    const { readMs, preprocessMs, proposeMs, classifyMs, encodeMs } = scene.timings;
    timings.push(
      { stage: 'read photo', milliseconds: readMs },
      { stage: 'prepare pixels', milliseconds: preprocessMs },
      { stage: 'propose regions', milliseconds: proposeMs },
      { stage: 'name regions', milliseconds: classifyMs },
      { stage: 'encode regions', milliseconds: encodeMs },
    );
  }
  if (prediction) {
    const { tokenizeMs, languageMs, crossMs } = prediction.timings;
    timings.push(
      { stage: 'split question', milliseconds: tokenizeMs },
      { stage: 'read question', milliseconds: languageMs },
      { stage: 'answer', milliseconds: crossMs },
    );
  }
  return timings;
}

/** What a screen reader should hear of progress and answers; errors announce themselves where they stand. */
export function selectAnnouncement(state: SessionState): string {
  if (selectError(state)) return '';
  const prediction = selectPrediction(state);
  if (prediction) return answerSentence(prediction);
  switch (selectPhase(state)) {
    case 'loading':
      return 'Loading the models.';
    case 'looking':
      return 'Looking at the photo.';
    case 'ready': {
      const found = selectScene(state)?.regions.length ?? 0;
      return `${found} ${found === 1 ? 'region' : 'regions'} found. Ask a question about the photo.`;
    }
    case 'thinking':
      return 'Working out the answer.';
    default:
      return '';
  }
}

/** “Answer: two, 63 %. Next: three, 12 %.”, and what speaks against it. */
export function answerSentence(prediction: Prediction): string {
  const [first, second] = prediction.answers;
  if (!first) return 'No answer.';
  const sentences = [
    `Answer: ${first.answer}, ${percent(first.score)}.`,
    doubtSentence(prediction),
    second && `Next: ${second.answer}, ${percent(second.score)}.`,
  ];
  return sentences.filter(Boolean).join(' ');
}
