/** A sentence, words to hide, and what stands there: told from the photo, and from the sentence alone. */
import { useMemo } from 'react';
import { percent } from '../../../core/percent.ts';
import type { FilledMask } from '../../../core/types.ts';
import {
  BLANK,
  blankWords,
  fillInWork,
  textOf,
  wordsIn,
  type FillInDraft,
  type FillInResult,
} from '../../../session/tasks/fill-in.ts';
import type { TaskRun } from '../../../session/tasks/task-work.ts';
import { useRovingFocus } from '../../roving-focus.ts';
import { Segments } from '../../Segments.tsx';
import { useStateFor } from '../../use-state-for.ts';
import { Examples } from '../Examples.tsx';
import { attentionPicture, lossPicture, Pictures } from '../pictures.tsx';
import type { TaskPanelProps } from '../registry.ts';
import { TaskBars } from '../TaskBars.tsx';
import { TaskFrame } from '../TaskFrame.tsx';
import { useTaskWork } from '../tasks-context.ts';

const SHOWN_WORDS = 5;

export default function FillInPanel({ tasks, sample }: TaskPanelProps) {
  const work = fillInWork(tasks);
  const { draft, shown } = useTaskWork(work);
  const hasBlanks = work.definition.isComplete(draft);
  const change = (next: FillInDraft) => {
    work.edit(next);
    if (work.definition.isComplete(next)) void work.run(next);
  };
  return (
    <TaskFrame
      tasks={tasks}
      work={work}
      title={(run) => textOf(run.draft).replaceAll(BLANK, '___')}
      outcome={({ result: { seen } }) => seen.masks.map(({ words }) => words[0]?.word ?? '').join(', ')}
      about={
        <p>
          In pretraining, one word in seven was hidden, and the model had to tell it from the rest of the
          sentence and from the photo. Where the guesses with and without the photo differ, the photo did the
          work; where they agree, the sentence gave it away.
        </p>
      }
      form={
        <form
          className="task-form"
          onSubmit={(event) => {
            event.preventDefault();
            void work.run();
          }}
        >
          <label htmlFor="fill-in-sentence">A sentence about the photo</label>
          <input
            id="fill-in-sentence"
            className="task-sentence"
            type="text"
            autoComplete="off"
            value={draft.sentence}
            placeholder="A red cup on a wooden table"
            onChange={({ target }) => work.edit({ sentence: target.value, hidden: [] })}
          />
          <HideWords draft={draft} onChange={change} />
          <div className="button-row">
            <button type="submit" className="button primary" disabled={!hasBlanks}>
              Fill the blanks
            </button>
          </div>
          <Examples
            examples={(sample?.tasks?.['fill-in'] ?? []).map((text) => text.replaceAll(BLANK, '___'))}
            onTry={(text) => change({ sentence: text.replaceAll('___', BLANK), hidden: [] })}
          />
        </form>
      }
    >
      {shown && <Filled run={shown} />}
    </TaskFrame>
  );
}

interface HideWordsProps {
  readonly draft: FillInDraft;
  readonly onChange: (draft: FillInDraft) => void;
}

function HideWords({ draft, onChange }: HideWordsProps) {
  const words = wordsIn(draft.sentence);
  const blanks = blankWords(draft);
  const roving = useRovingFocus(words.length);
  if (words.length === 0) return <p className="aside">Then click the words to hide.</p>;
  const toggle = (place: number) => {
    const isHidden = draft.hidden.includes(place);
    const hidden = isHidden ? draft.hidden.filter((each) => each !== place) : [...draft.hidden, place];
    onChange({ ...draft, hidden: hidden.toSorted((a, b) => a - b) });
  };
  return (
    <div className="switches blanks" role="group" aria-label="Words to hide" {...roving.group}>
      {words.map(({ core }, place) => (
        <button
          key={place}
          type="button"
          className="switch"
          aria-pressed={blanks.includes(place)}
          aria-label={core === BLANK ? 'a blank' : core}
          disabled={core === BLANK}
          {...roving.item(place)}
          onClick={() => toggle(place)}
        >
          {blanks.includes(place) ? '____' : core}
        </button>
      ))}
    </div>
  );
}

function Filled({ run }: { readonly run: TaskRun<FillInDraft, FillInResult> }) {
  const { seen, blind, evidence, originals } = run.result;
  const [chosen, choose] = useStateFor(run.id, '0');
  const place = Math.min(Number(chosen), seen.masks.length - 1);
  const mask = seen.masks[place];
  const pictures = useMemo(() => {
    if (!mask) return [];
    const word = mask.words[0]?.word ?? '';
    const losses = evidence?.[place];
    return [
      ...(losses ? [lossPicture(run.scene, losses, `“${word}”`)] : []),
      attentionPicture(run.scene, seen.attention, mask.token, 'The blank'),
    ];
  }, [run.scene, mask, evidence, place, seen]);
  if (!mask) return null;
  const without = blind.masks[place];
  return (
    <>
      {seen.masks.length > 1 && (
        <Segments
          legend="Which blank"
          options={seen.masks.map((_, index) => ({ value: String(index), name: `Blank ${index + 1}` }))}
          chosen={String(place)}
          onChoose={choose}
        />
      )}
      <div className="side-by-side">
        <div>
          <h3>With the photo</h3>
          <TaskBars label="Guesses with the photo" rows={rowsOf(mask)} />
        </div>
        <div>
          <h3>Without it</h3>
          <TaskBars label="Guesses without the photo" rows={without ? rowsOf(without) : []} />
        </div>
      </div>
      <p>{verdict(mask, without, originals[place] ?? null)}</p>
      <Pictures pictures={pictures} />
    </>
  );
}

function rowsOf({ words }: FilledMask) {
  return words.slice(0, SHOWN_WORDS).map(({ word, score }) => ({ name: word, score }));
}

/** What the photo changed, in a sentence; and how the hidden word fared. */
function verdict(mask: FilledMask, without: FilledMask | undefined, original: string | null): string {
  const [best, hidden] = mask.followed ?? [];
  const blindScore = without?.followed?.[0]?.score ?? 0;
  if (!best) return '';
  const isBlindBest = without?.words[0]?.word === best.word;
  const photo = isBlindBest
    ? `It says “${best.word}” with the photo and without it (${percent(best.score)} and ${percent(blindScore)}): the sentence alone suggests it.`
    : `With the photo it says “${best.word}”, ${percent(best.score)}; without it, that word gets ${percent(blindScore)}.`;
  if (original === null) return photo;
  if (original === best.word) return `${photo} That is the word that you hid.`;
  return `${photo} The word that you hid, “${original}”, gets ${percent(hidden?.score ?? 0)}.`;
}
