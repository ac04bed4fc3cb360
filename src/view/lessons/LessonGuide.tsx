/** One step of a lesson at a time: what to look at, a prediction, what happens. */
import { useEffect, useRef, useState } from 'react';
import type { Lesson, LessonStep } from '../../core/lesson.ts';
import type { LessonPlace, Tasks } from '../../session/tasks/create-tasks.ts';
import { useOpenLab } from '../lab-context.ts';
import { useSession } from '../session-context.ts';
import { fetchLesson } from './fetch-lesson.ts';
import { showView } from './show-view.ts';

interface LessonGuideProps {
  readonly tasks: Tasks;
  readonly place: LessonPlace;
  readonly samplesAreRecorded: boolean;
}

export default function LessonGuide({ tasks, place, samplesAreRecorded }: LessonGuideProps) {
  const session = useSession();
  const lab = useOpenLab();
  const [lesson, setLesson] = useState<Lesson | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const { id } = place;
  useEffect(() => {
    fetchLesson(id).then(setLesson, (thrown: unknown) =>
      setFailure(thrown instanceof Error ? thrown.message : 'The lesson cannot be read.'),
    );
  }, [id]);
  const index = Math.min(place.step, (lesson?.steps.length ?? 1) - 1);
  const step = lesson?.steps[index];
  const address = step?.view;
  useEffect(() => {
    if (address !== undefined) void showView({ session, lab, tasks }, address, samplesAreRecorded);
  }, [address, session, lab, tasks, samplesAreRecorded]);
  const show = (view: string) => {
    if (view !== '') void showView({ session, lab, tasks }, view, samplesAreRecorded);
  };
  const end = () => tasks.guide(null);
  return (
    <section className="lesson" aria-labelledby="lesson-title">
      <header className="section-head">
        <h2 id="lesson-title">{lesson ? `Lesson: ${lesson.title}` : 'Lesson'}</h2>
        <button type="button" className="button quiet" onClick={end}>
          End the lesson
        </button>
      </header>
      {failure && <p className="warning">{failure}</p>}
      {lesson && step && (
        <>
          {index === 0 && <p className="aside">{lesson.about}</p>}
          <Step
            key={index}
            step={step}
            position={`Step ${index + 1} of ${lesson.steps.length}`}
            onOutcome={show}
          />
          <progress value={index + 1} max={lesson.steps.length} aria-label="Steps of the lesson" />
          <div className="button-row">
            <button
              type="button"
              className="button"
              disabled={index === 0}
              onClick={() => tasks.guide({ id, step: index - 1 })}
            >
              Back
            </button>
            <button
              type="button"
              className="button primary"
              onClick={() => (index + 1 < lesson.steps.length ? tasks.guide({ id, step: index + 1 }) : end())}
            >
              {index + 1 < lesson.steps.length ? 'Next step' : 'Done'}
            </button>
          </div>
        </>
      )}
    </section>
  );
}

interface StepProps {
  readonly step: LessonStep;
  readonly position: string;
  readonly onOutcome: (view: string) => void;
}

function Step({ step: { look, predict }, position, onOutcome }: StepProps) {
  const [guess, setGuess] = useState<string | null>(null);
  const [isShown, setShown] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <div className="lesson-step">
      <h3 ref={heading} tabIndex={-1}>
        {position}
      </h3>
      <p>{look}</p>
      {predict && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            setShown(true);
            onOutcome(predict.outcome.view);
          }}
        >
          <fieldset>
            <legend>{predict.question}</legend>
            {predict.choices.map((choice) => (
              <label key={choice} className="check">
                <input
                  type="radio"
                  name="prediction"
                  checked={guess === choice}
                  onChange={() => setGuess(choice)}
                />
                <span>{choice}</span>
              </label>
            ))}
          </fieldset>
          <button type="submit" className="button" disabled={guess === null}>
            Show what happens
          </button>
        </form>
      )}
      <p className="lesson-outcome" aria-live="polite">
        {isShown && predict && `You said “${guess}”. ${predict.outcome.words}`}
      </p>
    </div>
  );
}
