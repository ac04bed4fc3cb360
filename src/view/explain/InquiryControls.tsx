/** Which answer is explained, against which other one, and by which method. */
import type { Abilities } from '../../core/explanation.ts';
import { METHODS } from '../../explain/registry.ts';
import { chosenAnswer, chosenMethod, takesThingsAway } from '../../session/inquiry/select-explanation.ts';
import type { Exchange } from '../../session/work/state.ts';
import { useLab, useLabActions } from '../lab-context.ts';
import { RemovalSelect } from '../RemovalSelect.tsx';

interface InquiryControlsProps {
  readonly exchange: Exchange;
  readonly abilities: Abilities;
}

export function InquiryControls({ exchange, abilities }: InquiryControlsProps) {
  const { inquire } = useLabActions();
  const inquiry = useLab((lab) => lab.inquiry);
  const method = chosenMethod(inquiry, abilities);
  const answer = chosenAnswer(inquiry, exchange) ?? '';
  const listed = exchange.prediction.answers.map((each) => each.answer);
  // One that was searched for stands among those that the model listed.
  const answers = listed.includes(answer) ? listed : [...listed, answer];
  return (
    <div className="inquiry">
      <label className="field">
        <span>Why</span>
        <select
          value={answer}
          onChange={({ target }) =>
            void inquire({
              answer: target.value,
              against: target.value === inquiry.against ? null : inquiry.against,
            })
          }
        >
          {answers.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>rather than</span>
        <select
          value={inquiry.against ?? ''}
          onChange={({ target }) => void inquire({ against: target.value === '' ? null : target.value })}
        >
          <option value="">any other</option>
          {answers
            .filter((each) => each !== answer)
            .map((each) => (
              <option key={each}>{each}</option>
            ))}
        </select>
      </label>
      <label className="field">
        <span>by</span>
        <select
          value={method}
          onChange={({ target }) => {
            void inquire({ method: target.value });
          }}
        >
          {METHODS.map(({ id, name }) => (
            <option key={id} value={id} disabled={!abilities.methods.includes(id)}>
              {name}
              {abilities.methods.includes(id) ? '' : ' (not with this pack)'}
            </option>
          ))}
        </select>
      </label>
      {takesThingsAway(method) && (
        <RemovalSelect
          label="taken away"
          value={inquiry.removal}
          onChange={(removal) => void inquire({ removal })}
        />
      )}
    </div>
  );
}
