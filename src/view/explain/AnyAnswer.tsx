/** Every answer that the model knows can be asked about, also one that it did not list: “why not purple?”. */
import { useId, useState } from 'react';
import { rankAnswers, scoresOf } from '../../core/answers.ts';
import { percent } from '../../core/percent.ts';
import type { Exchange } from '../../session/work/state.ts';
import { useLab, useLabActions } from '../lab-context.ts';
import { useSessionState } from '../session-context.ts';

const OFFERED = 12;

export function AnyAnswer({ exchange }: { readonly exchange: Exchange }) {
  const pack = useSessionState(({ engine }) => (engine.status === 'ready' ? engine.report.pack : null));
  const asked = useLab((lab) => lab.inquiry.answer);
  const { inquire } = useLabActions();
  const [text, setText] = useState('');
  const [refused, setRefused] = useState<string | null>(null);
  const id = useId();
  const { logits } = exchange.prediction;
  // A recording explains what was recorded.
  if (!pack || !logits || exchange.standIn) return null;
  const { answers } = pack.labels;
  const wanted = text.trim().toLowerCase();
  const ranked = () => rankAnswers(scoresOf(logits, pack.scores), answers, answers.length);
  const offered = wanted === '' ? [] : ranked().filter(({ answer }) => answer.includes(wanted));
  const place = asked === null ? -1 : ranked().findIndex(({ answer }) => answer === asked);
  const score = place < 0 ? 0 : (ranked()[place]?.score ?? 0);
  return (
    <form
      className="any-answer"
      onSubmit={(event) => {
        event.preventDefault();
        setRefused(answers.includes(wanted) || wanted === '' ? null : wanted);
        if (!answers.includes(wanted)) return;
        setText('');
        void inquire({ answer: wanted, against: null });
      }}
    >
      <label className="field inline">
        <span>Why not</span>
        <input
          type="text"
          list={id}
          autoComplete="off"
          placeholder={`any of ${answers.length} answers`}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      </label>
      <datalist id={id}>
        {offered.slice(0, OFFERED).map(({ answer }) => (
          <option key={answer}>{answer}</option>
        ))}
      </datalist>
      <button type="submit" className="button">
        Find out
      </button>
      <p className="aside" aria-live="polite">
        {refused !== null && `The model cannot answer “${refused}”: it is none of its answers. `}
        {place > 0 &&
          `“${asked}” is number ${place + 1} of its ${answers.length} answers, ${percent(score)}.`}
      </p>
    </form>
  );
}
