/** How things are taken away. */
import { REMOVALS, type Removal } from '../core/explanation.ts';
import { REMOVAL_NAMES } from '../session/words/explanation-words.ts';

interface RemovalSelectProps {
  readonly label: string;
  readonly value: Removal;
  readonly onChange: (removal: Removal) => void;
  /** The label beside the choice instead of above it. */
  readonly isInline?: boolean;
}

export function RemovalSelect({ label, value, onChange, isInline = false }: RemovalSelectProps) {
  return (
    <label className={isInline ? 'field inline' : 'field'}>
      <span>{label}</span>
      <select
        value={value}
        onChange={({ target }) => {
          const removal = REMOVALS.find((each) => each === target.value);
          if (removal) onChange(removal);
        }}
      >
        {REMOVALS.map((each) => (
          <option key={each} value={each}>
            {REMOVAL_NAMES.both[each]}
          </option>
        ))}
      </select>
    </label>
  );
}
