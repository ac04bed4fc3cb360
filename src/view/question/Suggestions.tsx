/** Questions to start with: those written for a sample photo first, then those built from what was found. */
import { useMemo } from 'react';
import { selectScene } from '../../session/work/selectors.ts';
import { suggestQuestions } from '../../session/work/suggest-questions.ts';
import { useActions, useSessionState } from '../session-context.ts';

export function Suggestions({ sampleQuestions }: { readonly sampleQuestions: readonly string[] }) {
  const { ask } = useActions();
  const scene = useSessionState(selectScene);
  const measured = useSessionState(({ engine }) =>
    engine.status === 'ready' ? (engine.report.pack.answerability?.measured?.kinds ?? null) : null,
  );
  const questions = useMemo(() => {
    const built = scene ? suggestQuestions(scene.regions, measured) : [];
    return [...new Set([...sampleQuestions, ...built])].slice(0, 7);
  }, [scene, sampleQuestions, measured]);
  if (questions.length === 0) return null;
  return (
    <ul className="suggestions" aria-label="Suggested questions">
      {questions.map((question) => (
        <li key={question}>
          <button type="button" className="chip" onClick={() => void ask(question)}>
            {question}
          </button>
        </li>
      ))}
    </ul>
  );
}
