/** The answer, large, and what else came into question. */
import { doubtSentence } from '../../core/pack/doubt-sentence.ts';
import { percent } from '../../core/percent.ts';
import { selectExchange } from '../../session/work/selectors.ts';
import type { AnswerStatus, EngineStatus, Exchange } from '../../session/work/state.ts';
import { useActions, useSessionState } from '../session-context.ts';
import { ErrorNote } from '../status/ErrorNote.tsx';
import { SwitchToWasm } from '../status/SwitchToWasm.tsx';
import { AnswerBars } from './AnswerBars.tsx';

export function AnswerPanel() {
  const answer = useSessionState((state) => state.answer);
  if (answer.status === 'none') return null;
  return (
    <section className="answer" aria-labelledby="answer-title" aria-busy={isWorking(answer)}>
      <h2 id="answer-title" className="visually-hidden">
        Answer
      </h2>
      <AnswerBody answer={answer} />
    </section>
  );
}

function AnswerBody({ answer }: { readonly answer: Exclude<AnswerStatus, { status: 'none' }> }) {
  const shown = useSessionState(selectExchange);
  if (answer.status === 'failed') {
    return (
      <>
        <FailedAnswer {...answer} />
        {shown && <Answered exchange={shown} />}
      </>
    );
  }
  if (answer.status !== 'ready') {
    return (
      <>
        <Asked question={answer.question} />
        <p className="thinking">
          <span className="visually-hidden">Working on the answer</span>
          <span className="dots" aria-hidden="true" />
        </p>
      </>
    );
  }
  return <Answered exchange={answer.exchange} />;
}

function Answered({ exchange }: { readonly exchange: Exchange }) {
  const { question, answers } = exchange.prediction;
  const isRecorded = exchange.standIn !== undefined;
  const [best] = answers;
  const doubt = doubtSentence(exchange.prediction);
  return (
    <>
      <Asked question={question} />
      {best && (
        <p className="best">
          <span className="best-answer">{best.answer}</span>
          <span className="best-score">{percent(best.score)}</span>
        </p>
      )}
      {doubt && <p className="doubt">{doubt}</p>}
      {isRecorded && <RecordedNote />}
      <AnswerBars answers={answers} />
    </>
  );
}

/** The question stands in its box; only while that holds another one is it needed here, for eyes. */
function Asked({ question }: { readonly question: string }) {
  const isInBox = useSessionState(({ draft }) => draft.startsWith(question.replace(/…$/u, '')));
  return <p className={isInBox ? 'visually-hidden' : 'asked'}>{question}</p>;
}

function RecordedNote() {
  const engine = useSessionState((state) => state.engine.status);
  return (
    <p className="recorded">
      <span className="recorded-mark">Recorded</span>
      {RECORDED_WORDS[engine]}
    </p>
  );
}

const RECORDED_WORDS = {
  idle: 'This answer was computed earlier. Load the models to ask your own questions.',
  loading: 'This answer was computed earlier; the models are on their way and will take over.',
  ready: 'This answer was computed earlier; the models are looking at the photo now.',
  failed: 'This answer was computed earlier, and the models are not here.',
} as const satisfies Record<EngineStatus['status'], string>;

function FailedAnswer({ question, error }: Extract<AnswerStatus, { status: 'failed' }>) {
  const { ask, load } = useActions();
  const needsModels = error.code === 'worker-crashed' || error.code === 'not-loaded';
  return (
    <>
      <Asked question={question.length > 200 ? `${question.slice(0, 200)}…` : question} />
      <ErrorNote error={error}>
        {needsModels && (
          <button type="button" className="button primary" onClick={() => void load()}>
            Load the models again
          </button>
        )}
        {error.code === 'inference-failed' && (
          <>
            <button type="button" className="button primary" onClick={() => void ask(question)}>
              Ask again
            </button>
            <SwitchToWasm />
          </>
        )}
      </ErrorNote>
    </>
  );
}

function isWorking({ status }: AnswerStatus): boolean {
  return status === 'asking' || status === 'waiting';
}
