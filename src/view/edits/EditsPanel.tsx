/** What if: change what the model sees and hears, and watch the answer. */
import { useEffect } from 'react';
import type { Abilities } from '../../core/explanation.ts';
import { hasEdits } from '../../session/inquiry/edits.ts';
import { REMOVAL_MEANINGS } from '../../session/words/explanation-words.ts';
import type { Exchange } from '../../session/work/state.ts';
import { useLab, useLabActions } from '../lab-context.ts';
import { RemovalSelect } from '../RemovalSelect.tsx';
import { ErrorNote } from '../status/ErrorNote.tsx';
import { BoxList } from './BoxList.tsx';
import { FlipSearch } from './FlipSearch.tsx';
import { HeadSwitches } from './HeadSwitches.tsx';
import { OutcomeBars } from './OutcomeBars.tsx';
import type { Surgery } from './use-edits.ts';
import { WordList } from './WordList.tsx';

interface SurgeryPanelProps {
  readonly exchange: Exchange;
  readonly abilities: Abilities;
  readonly surgery: Surgery;
}

/** Ctrl+Z or ⌘Z anywhere but in a text that is being written, which has an undo of its own. */
function useUndoKey(undo: () => Promise<void>): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z';
      const writes = event.target instanceof HTMLInputElement && event.target.type === 'text';
      if (!isUndo || writes) return;
      event.preventDefault();
      void undo();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [undo]);
}

export function SurgeryPanel({ exchange, abilities, surgery }: SurgeryPanelProps) {
  const { edit, undo, restore } = useLabActions();
  const edits = useLab((lab) => lab.edits);
  const work = useLab((lab) => lab.outcome);
  const canUndo = useLab((lab) => lab.past.length > 0);
  const isChanged = hasEdits(edits);
  useUndoKey(undo);
  return (
    <section className="surgery" aria-labelledby="surgery-title" aria-busy={work.status === 'running'}>
      <header className="section-head">
        <h2 id="surgery-title">What if…?</h2>
        <div className="button-row">
          <button type="button" className="button" disabled={!canUndo} onClick={() => void undo()}>
            Undo
          </button>
          <button type="button" className="button" disabled={!isChanged} onClick={() => void restore()}>
            Reset
          </button>
        </div>
      </header>
      <OutcomeBars
        exchange={exchange}
        isChanged={isChanged && work.status !== 'failed'}
        outcome={isChanged ? surgery.outcome : null}
      />
      {work.status === 'failed' && (
        <ErrorNote error={work.error}>
          <button type="button" className="button" onClick={() => void undo()}>
            Undo
          </button>
        </ErrorNote>
      )}
      <BoxList exchange={exchange} regions={surgery.regions} view={surgery.view} />
      <WordList exchange={exchange} outcome={surgery.outcome} />
      <div className="removal">
        <RemovalSelect
          label="What is off is"
          value={edits.removal}
          onChange={(removal) => void edit({ removal })}
          isInline
        />
        <p className="aside">{REMOVAL_MEANINGS[edits.removal]}</p>
      </div>
      {abilities.closesHeads ? (
        <HeadSwitches exchange={exchange} />
      ) : (
        <p className="aside">This model pack has no switches for its heads.</p>
      )}
      <FlipSearch exchange={exchange} closesHeads={abilities.closesHeads} />
    </section>
  );
}
