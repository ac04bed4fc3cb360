import { useState } from 'react';

/** State that belongs to `subject` and starts at `initial` again when the subject changes. */
export function useStateFor<Value>(
  subject: unknown,
  initial: Value,
): readonly [Value, (value: Value) => void] {
  const [chosen, setChosen] = useState<{ readonly subject: unknown; readonly value: Value } | null>(null);
  const value = chosen && chosen.subject === subject ? chosen.value : initial;
  return [value, (next) => setChosen({ subject, value: next })];
}
