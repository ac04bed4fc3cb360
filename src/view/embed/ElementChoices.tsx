/** How the embedded element looks and behaves. */
import type { ExplanationMethod } from '../../core/explanation.ts';
import { METHODS } from '../../explain/registry.ts';
import type { SnippetChoice, Way } from './snippet.ts';

export type Looks = Pick<SnippetChoice, 'theme' | 'explain' | 'reveal' | 'ownPhotos'>;

interface ElementChoicesProps {
  readonly way: Way;
  readonly looks: Looks;
  /** What the pack can do. */
  readonly methods: readonly ExplanationMethod[];
  readonly onLooks: (looks: Looks) => void;
}

const THEMES = { auto: 'As the page', light: 'Light', dark: 'Dark' } as const;
const REVEALS = { auto: 'As soon as it is seen', interaction: 'When the visitor asks for it' } as const;
const EXPLAINS: readonly (readonly [Looks['explain'], string])[] = [
  ['attention', 'Attention'],
  ['none', 'Nothing'],
  ['auto', 'The explanation of this page'],
  ...METHODS.filter(({ id }) => id !== 'attention').map(({ id, name }) => [id, name] as const),
];

export function ElementChoices({ way, looks, methods, onLooks }: ElementChoicesProps) {
  const isOffered = (explain: Looks['explain']) =>
    explain === 'none' || explain === 'auto' || explain === 'attention' || methods.includes(explain);
  return (
    <>
      <Choice
        name="On the photo"
        value={looks.explain}
        options={EXPLAINS.filter(([explain]) => isOffered(explain))}
        onChange={(explain) => onLooks({ ...looks, explain })}
      />
      <Choice
        name="Colors"
        value={looks.theme}
        options={entriesOf(THEMES)}
        onChange={(theme) => onLooks({ ...looks, theme })}
      />
      {way !== 'recording' && (
        <>
          <Choice
            name="The models are fetched"
            value={looks.reveal}
            options={entriesOf(REVEALS)}
            onChange={(reveal) => onLooks({ ...looks, reveal })}
          />
          <label className="check">
            <input
              type="checkbox"
              checked={looks.ownPhotos}
              onChange={({ target }) => onLooks({ ...looks, ownPhotos: target.checked })}
            />
            <span>Visitors may bring photos of their own</span>
          </label>
        </>
      )}
    </>
  );
}

interface ChoiceProps<Value extends string> {
  readonly name: string;
  readonly value: Value;
  readonly options: readonly (readonly [Value, string])[];
  readonly onChange: (value: Value) => void;
}

function Choice<Value extends string>({ name, value, options, onChange }: ChoiceProps<Value>) {
  return (
    <label className="field">
      {name}
      <select
        value={value}
        onChange={({ target }) => {
          const chosen = options.find(([option]) => option === target.value);
          if (chosen) onChange(chosen[0]);
        }}
      >
        {options.map(([option, words]) => (
          <option key={option} value={option}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

function entriesOf<Key extends string>(
  words: Readonly<Record<Key, string>>,
): readonly (readonly [Key, string])[] {
  // The keys of an object literal are its type's keys; the checker does not go that far.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return Object.entries(words) as [Key, string][];
}
