/** The question to reword in place, and its words to switch off. */
import { useState } from 'react';
import { editedTokens } from '../../session/inquiry/select-edits.ts';
import { rewordQuestion, toggleToken } from '../../session/inquiry/edits.ts';
import type { Outcome } from '../../session/inquiry/lab-state.ts';
import type { Exchange } from '../../session/work/state.ts';
import { useLab, useLabActions } from '../lab-context.ts';

interface WordListProps {
  readonly exchange: Exchange;
  readonly outcome: Outcome | null;
}

export function WordList({ exchange, outcome }: WordListProps) {
  const { edit } = useLabActions();
  const edits = useLab((lab) => lab.edits);
  const asked = exchange.prediction.question;
  const present = edits.question ?? asked;
  return (
    <section className="word-list" aria-labelledby="surgery-words-title">
      <h3 id="surgery-words-title">Words</h3>
      <Rewording
        key={present}
        present={present}
        onReword={(text) => {
          if (text !== present) void edit(rewordQuestion(asked, text));
        }}
      />
      <ul className="switches" aria-label="Words that are on">
        {editedTokens(exchange, edits, outcome).map(
          (token, index) =>
            token.kind !== 'special' && (
              <li key={index}>
                <button
                  type="button"
                  className="switch"
                  aria-pressed={!edits.hiddenTokens.includes(index)}
                  onClick={() => void edit(toggleToken(edits, index))}
                >
                  {token.text}
                </button>
              </li>
            ),
        )}
      </ul>
    </section>
  );
}

interface RewordingProps {
  readonly present: string;
  readonly onReword: (text: string) => void;
}

function Rewording({ present, onReword }: RewordingProps) {
  const [draft, setDraft] = useState(present);
  return (
    <form
      className="rewording"
      onSubmit={(event) => {
        event.preventDefault();
        onReword(draft);
      }}
    >
      <input
        type="text"
        aria-label="The question, to be reworded"
        value={draft}
        autoComplete="off"
        onChange={({ target }) => setDraft(target.value)}
        onBlur={() => onReword(draft)}
      />
      <button type="submit" className="button">
        Reword
      </button>
    </form>
  );
}
