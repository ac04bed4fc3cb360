/** The answer as it stands while one types; nothing is announced, because it changes with every word. */
import { percent } from '../../core/percent.ts';
import { useSessionState } from '../session-context.ts';

export function DraftAnswer() {
  const shown = useSessionState(({ draft, draftAnswer }) =>
    draftAnswer?.question === draft ? draftAnswer.best : null,
  );
  // Its line stays while the words are ahead of the answer, so that nothing below moves with every key.
  const isTyping = useSessionState(
    ({ draft, answer, photo, engine }) =>
      engine.status === 'ready' &&
      photo.status === 'ready' &&
      draft.trim() !== '' &&
      answer.status === 'ready' &&
      answer.exchange.prediction.question.trim() !== draft.trim(),
  );
  if (!shown && !isTyping) return null;
  return (
    <p className="draft-answer">
      Draft:{' '}
      {shown ? (
        <>
          <em>{shown.answer}</em> {percent(shown.score)}. <span className="aside">Press Enter to ask.</span>
        </>
      ) : (
        '…'
      )}
    </p>
  );
}
