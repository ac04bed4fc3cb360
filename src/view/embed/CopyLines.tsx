/** Lines to copy. */
import { useRef } from 'react';
import { useStateFor } from '../use-state-for.ts';

export function CopyLines({ text }: { readonly text: string }) {
  const lines = useRef<HTMLElement>(null);
  const [said, say] = useStateFor(text, '');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      say('The lines are in the clipboard.');
    } catch {
      if (lines.current) getSelection()?.selectAllChildren(lines.current);
      say('The lines are selected: press Ctrl+C or ⌘C to copy them.');
    }
  };
  return (
    <section className="embed-lines" aria-label="Lines for your page">
      <pre>
        <code ref={lines}>{text}</code>
      </pre>
      <div className="button-row">
        <button type="button" className="button primary" onClick={() => void copy()}>
          Copy the lines
        </button>
        <span className="aside" aria-live="polite">
          {said}
        </span>
      </div>
    </section>
  );
}
