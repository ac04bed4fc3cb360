/** The question box; Enter asks. */
import type { AnswerStatus, PhotoStatus } from '../../session/work/state.ts';
import { useActions, useSessionState } from '../session-context.ts';
import { DraftAnswer } from './DraftAnswer.tsx';
import { DraftTokens } from './DraftTokens.tsx';

export function QuestionForm() {
  const { ask, setDraft } = useActions();
  const draft = useSessionState((state) => state.draft);
  const hint = useSessionState(({ photo, answer }) => waitingFor(photo, answer));
  return (
    <div className="question" id="question">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void ask(draft);
        }}
      >
        <label htmlFor="question-box" className="visually-hidden">
          Your question
        </label>
        <div className="question-row">
          <input
            id="question-box"
            className="question-box"
            type="text"
            autoComplete="off"
            enterKeyHint="send"
            placeholder="What is on the table?"
            aria-describedby="question-tokens question-hint"
            value={draft}
            onChange={(event) => setDraft(event.target.value)}
          />
          <button type="submit" className="button primary">
            Ask
          </button>
        </div>
      </form>
      <DraftAnswer />
      <DraftTokens />
      <p id="question-hint" className="aside">
        {hint}
      </p>
    </div>
  );
}

/** Why a question that was asked has no answer yet. */
function waitingFor(photo: PhotoStatus, answer: AnswerStatus): string {
  if (answer.status !== 'waiting') return '';
  if (photo.status === 'none') return 'The answer follows as soon as there is a photo.';
  if (photo.status === 'waiting') return 'The answer follows as soon as the models are here.';
  return 'The answer follows as soon as the regions are found.';
}
