/** Things to try on the photo on screen. */
interface ExamplesProps {
  readonly examples: readonly string[];
  readonly onTry: (example: string) => void;
}

export function Examples({ examples, onTry }: ExamplesProps) {
  if (examples.length === 0) return null;
  return (
    <div className="suggestions" role="group" aria-label="Examples for this photo">
      {examples.map((example) => (
        <button key={example} type="button" className="chip" onClick={() => onTry(example)}>
          {example.replaceAll('\n', ' / ')}
        </button>
      ))}
    </div>
  );
}
