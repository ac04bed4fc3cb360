/** A few choices side by side, of which one holds. */
import { useId } from 'react';

interface SegmentsProps<Value extends string> {
  /** What is chosen; for ears. */
  readonly legend: string;
  readonly options: readonly {
    readonly value: Value;
    readonly name: string;
    readonly isDisabled?: boolean;
  }[];
  readonly chosen: Value;
  readonly onChoose: (value: Value) => void;
}

export function Segments<Value extends string>({ legend, options, chosen, onChoose }: SegmentsProps<Value>) {
  const name = useId();
  return (
    <fieldset className="segments">
      <legend className="visually-hidden">{legend}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            checked={chosen === option.value}
            disabled={option.isDisabled}
            onChange={() => onChoose(option.value)}
          />
          <span>{option.name}</span>
        </label>
      ))}
    </fieldset>
  );
}
