/** How one state of the session follows from another. Pure: no engine, no waiting. */
import type { BackendChoice, ErrorReport, ImageId } from '../../core/types.ts';
import type {
  AnswerStatus,
  AttentionView,
  Exchange,
  Focus,
  PhotoStatus,
  SessionState,
  Visit,
} from './state.ts';

export type Change = Partial<SessionState>;

/** Each exchange holds about a megabyte of attention. */
const HISTORY_LIMIT = 50;
const NO_FOCUS: Focus = { kind: 'none' };

export function initialState(backendChoice: BackendChoice): SessionState {
  return {
    engine: { status: 'idle' },
    isSilent: false,
    backendChoice,
    photo: { status: 'none' },
    replaced: null,
    inputError: null,
    draft: '',
    draftTokens: null,
    draftAnswer: null,
    draftMs: null,
    answer: { status: 'none' },
    history: [],
    attentionView: { module: 'textToRegion', layer: 'last', head: 'mean' },
    focus: NO_FOCUS,
    cache: null,
  };
}

/** Puts a photo on trial, and asks the standing question of it. */
export function replacePhoto(state: SessionState, photo: PhotoStatus): Change {
  const { photo: present, answer } = state;
  const standing = standingQuestion(state);
  return {
    photo,
    replaced: state.replaced ?? { photo: present, answer },
    answer: standing === null ? { status: 'none' } : waiting(standing),
    inputError: null,
    focus: NO_FOCUS,
  };
}

/** Ends the trial of a photo badly: what it replaced is back, and whatever was interrupted waits to run again. */
export function restorePhoto(
  { replaced }: SessionState,
  error: ErrorReport,
  isEncoded: (imageId: ImageId) => boolean,
): Change {
  if (!replaced) return { inputError: error };
  const { photo, answer } = replaced;
  const isComplete = photo.status === 'ready' && isEncoded(photo.photo.imageId);
  return {
    photo: isComplete || photo.status === 'failed' ? photo : photoAgain(photo),
    answer: answer.status === 'asking' ? waiting(answer.question) : answer,
    replaced: null,
    inputError: error,
  };
}

/** The engine holds nothing any more: the photo and the question at work wait until the models are there. */
export function awaitModels({ photo, answer }: SessionState): Change {
  const isRetried = answer.status === 'failed' && answer.error.code === 'inference-failed';
  return {
    photo: photo.status === 'fetching' ? photo : photoAgain(photo),
    answer: answer.status === 'asking' || isRetried ? waiting(answer.question) : answer,
  };
}

/** Shows a new exchange and puts it first; the same question about the same photo is kept once. */
export function addExchange({ history }: SessionState, exchange: Exchange): Change {
  const others = history.filter(
    ({ photo, prediction }) =>
      photo.imageId !== exchange.photo.imageId || prediction.question !== exchange.prediction.question,
  );
  return {
    answer: { status: 'ready', exchange },
    history: [exchange, ...others].slice(0, HISTORY_LIMIT),
    focus: NO_FOCUS,
  };
}

/** Shows an earlier exchange again; `photo` is null when its photo is on screen already. */
export function showExchange(exchange: Exchange, photo: PhotoStatus | null): Change {
  const shown: Change = {
    answer: { status: 'ready', exchange },
    draft: exchange.prediction.question,
    inputError: null,
    focus: NO_FOCUS,
  };
  return photo ? { ...shown, photo, replaced: null } : shown;
}

/**
 * The photo is looked at again: its regions lived in the page that is gone. What the person has done in the meantime
 * stands.
 */
export function resumeVisit(
  { history: present, photo: presentPhoto, draft: typed }: SessionState,
  { photo, shown, question, draft, history }: Visit,
): Change {
  const resumed: Change = { history: [...present, ...history] };
  if (!photo || presentPhoto.status !== 'none' || typed !== '') return resumed;
  const answer: AnswerStatus = question === null ? { status: 'none' } : waiting(question);
  return {
    ...resumed,
    photo: { status: 'waiting', photo },
    answer: shown ? { status: 'ready', exchange: shown } : answer,
    draft,
  };
}

export function moveFocus({ focus: present }: SessionState, focus: Focus): Change {
  if (present.kind === 'none' || !present.locked) return { focus };
  if (focus.kind === 'none' || !focus.locked) return {};
  const isSame = focus.kind === present.kind && focus.index === present.index;
  return { focus: isSame ? NO_FOCUS : focus };
}

export function moveAttention(
  { attentionView: present }: SessionState,
  view: Partial<AttentionView>,
): Change {
  const isOtherModule = view.module !== undefined && view.module !== present.module;
  const layer = isOtherModule ? 'last' : present.layer;
  return { attentionView: { ...present, layer, ...view } };
}

/** The question that was asked last, unless the person has begun another one. */
function standingQuestion({ answer, draft }: SessionState): string | null {
  if (answer.status === 'none' || answer.status === 'failed') return null;
  const question = answer.status === 'ready' ? answer.exchange.prediction.question : answer.question;
  return draft.trim() === question.trim() ? question : null;
}

function photoAgain(photo: PhotoStatus): PhotoStatus {
  return 'photo' in photo ? { status: 'waiting', photo: photo.photo } : { status: 'none' };
}

function waiting(question: string): AnswerStatus {
  return { status: 'waiting', question };
}
