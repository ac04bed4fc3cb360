/** The smallest change that flips the answer: what it may be made of, how far the search is, what it found. */
import { useState } from 'react';
import type { FlipParams } from '../../core/explanation.ts';
import type { Exchange } from '../../session/work/state.ts';
import { flipSentence } from '../../session/words/flip-words.ts';
import { useLab, useLabActions } from '../lab-context.ts';
import { ErrorNote } from '../status/ErrorNote.tsx';
import { FlipFound, FlipSteps } from './FlipFound.tsx';

type Kind = NonNullable<FlipParams['among']>[number];

const KINDS: readonly { readonly kind: Kind; readonly name: string }[] = [
  { kind: 'region', name: 'Boxes' },
  { kind: 'token', name: 'Words' },
  { kind: 'head', name: 'Heads' },
];

interface FlipSearchProps {
  readonly exchange: Exchange;
  readonly closesHeads: boolean;
}

export function FlipSearch({ exchange, closesHeads }: FlipSearchProps) {
  const flip = useLab((lab) => lab.flip);
  const { findFlip, stop } = useLabActions();
  const [among, setAmong] = useState<readonly Kind[]>(['region']);
  const isRunning = flip.status === 'running';
  return (
    <section className="flip-search" aria-labelledby="flip-title" aria-busy={isRunning}>
      <h3 id="flip-title">The smallest change that flips the answer</h3>
      <div className="flip-choice">
        <fieldset className="checks">
          <legend className="visually-hidden">What may be switched off</legend>
          {KINDS.filter(({ kind }) => kind !== 'head' || closesHeads).map(({ kind, name }) => (
            <label key={kind} className="check">
              <input
                type="checkbox"
                checked={among.includes(kind)}
                onChange={({ target }) =>
                  setAmong(target.checked ? [...among, kind] : among.filter((other) => other !== kind))
                }
              />
              <span>{name}</span>
            </label>
          ))}
        </fieldset>
        {isRunning ? (
          <button type="button" className="button" onClick={stop}>
            Stop
          </button>
        ) : (
          <button
            type="button"
            className="button"
            disabled={among.length === 0}
            onClick={() => void findFlip(among)}
          >
            Search for it
          </button>
        )}
      </div>
      <p className="visually-hidden" aria-live="polite">
        {isRunning && 'Searching.'}
        {flip.status === 'done' && flipSentence(flip.result)}
      </p>
      {flip.status === 'running' && (
        <>
          <p className="aside">
            {flip.progress
              ? `Step ${flip.progress.steps.length + 1}; ${flip.progress.runs} runs of the model so far.`
              : 'Searching…'}
          </p>
          <FlipSteps steps={flip.progress?.steps ?? []} exchange={exchange} />
        </>
      )}
      {flip.status === 'failed' && <ErrorNote error={flip.error} />}
      {flip.status === 'done' && <FlipFound flip={flip.result} exchange={exchange} />}
    </section>
  );
}
