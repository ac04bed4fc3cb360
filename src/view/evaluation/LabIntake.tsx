/** Photos and a table come in together, chosen or dropped. */
import { useRef, useState, type DragEvent } from 'react';
import type { Evaluation } from '../../session/evaluation/create-evaluation.ts';

export function LabIntake({ evaluation }: { readonly evaluation: Evaluation }) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  return (
    <>
      <button
        type="button"
        className="drop-zone lab-drop"
        data-over={isOver}
        onClick={() => input.current?.click()}
        onDragEnter={(event) => {
          quietly(event);
          setOver(true);
        }}
        onDragOver={quietly}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          quietly(event);
          setOver(false);
          void evaluation.give([...event.dataTransfer.files]);
        }}
      >
        <span className="drop-title">Drop photos and a table here, or choose them</span>
        <span className="drop-hint">
          The table is CSV with a header (photo, question, answer, kind) or JSON; answer and kind may be left
          out.
        </span>
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept="image/*,.csv,.tsv,.json"
        aria-label="Photos and a table of questions"
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])];
          currentTarget.value = '';
          void evaluation.give(files);
        }}
      />
    </>
  );
}

/** The rest of the page would take the first file for its photo. */
function quietly(event: DragEvent): void {
  event.preventDefault();
  event.stopPropagation();
}
