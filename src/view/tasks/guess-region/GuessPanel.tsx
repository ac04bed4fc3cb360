/** Boxes to hide, and what the model takes them for, against what the detector saw. */
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { attentionFrom, headMean } from '../../../core/attention.ts';
import { percent, weightPercent } from '../../../core/percent.ts';
import { regionName, regionWords } from '../../../core/region-name.ts';
import type { RegionGuess, Scene } from '../../../core/types.ts';
import {
  guessWork,
  toggleHidden,
  type GuessDraft,
  type GuessResult,
} from '../../../session/tasks/guess-regions.ts';
import type { TaskRun } from '../../../session/tasks/task-work.ts';
import { Segments } from '../../Segments.tsx';
import { useSessionState } from '../../session-context.ts';
import { useStateFor } from '../../use-state-for.ts';
import { lossPicture, Pictures, type Picture } from '../pictures.tsx';
import type { TaskPanelProps } from '../registry.ts';
import { TaskBars } from '../TaskBars.tsx';
import { TaskFrame } from '../TaskFrame.tsx';
import { useTaskWork } from '../tasks-context.ts';
import { HideOverlay } from './HideOverlay.tsx';

const SHOWN_LABELS = 5;
const CHOICES = 12;

export default function GuessPanel({ tasks }: TaskPanelProps) {
  const work = guessWork(tasks);
  const { draft, shown } = useTaskWork(work);
  const scene = useSessionState(({ photo }) => (photo.status === 'ready' ? photo.scene : null));
  useFreshBoxes(scene, () => work.edit({ ...work.getState().draft, regions: [] }));
  const toggle = useCallback(
    (region: number) => {
      const next = toggleHidden(work.getState().draft, region);
      work.edit(next);
      if (work.definition.isComplete(next)) void work.run(next);
    },
    [work],
  );
  const run =
    shown && scene && shown.scene.imageId === scene.imageId && isOf(shown.draft, draft) ? shown : null;
  return (
    <TaskFrame
      tasks={tasks}
      work={work}
      title={({ draft: { regions }, scene: { regions: all } }) =>
        `Hidden: ${regions.map((region) => all[region] && regionName(all[region])).join(', ')}`
      }
      outcome={({ result: { guesses } }) =>
        guesses.guesses.map(({ labels }) => labels[0]?.label ?? '').join(', ')
      }
      about={
        <p>
          In pretraining, one region in seven lost its features and kept its box, and the model had to tell
          its name, its attribute and the features themselves. It sees where the box is and how large, what is
          around it, and your sentence, if you write one.
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
          <p>Click a box on the photo, or choose a region here. Several can be hidden at once.</p>
          {scene && (
            <div className="suggestions" role="group" aria-label="Regions to hide">
              {scene.regions.slice(0, CHOICES).map((region, index) => (
                <button
                  key={index}
                  type="button"
                  className="chip"
                  aria-pressed={draft.regions.includes(index)}
                  onClick={() => toggle(index)}
                >
                  {regionName(region)}
                </button>
              ))}
            </div>
          )}
          <label htmlFor="guess-sentence">A sentence that helps, or misleads (optional)</label>
          <input
            id="guess-sentence"
            className="task-sentence"
            type="text"
            autoComplete="off"
            value={draft.text}
            onChange={({ target }) => work.edit({ ...draft, text: target.value })}
          />
          <div className="button-row">
            <button type="submit" className="button primary" disabled={draft.regions.length === 0}>
              Guess
            </button>
            <button
              type="button"
              className="button"
              disabled={draft.regions.length === 0}
              onClick={() => work.edit({ ...draft, regions: [] })}
            >
              Show everything again
            </button>
          </div>
        </form>
      }
    >
      <Guessed run={run} scene={scene} hidden={draft.regions} onToggle={toggle} />
    </TaskFrame>
  );
}

/** Another photo has other regions. */
function useFreshBoxes(scene: Scene | null, clear: () => void): void {
  const before = useRef<string | null>(null);
  useEffect(() => {
    if (!scene) return;
    if (before.current !== null && before.current !== scene.imageId) clear();
    before.current = scene.imageId;
  });
}

function isOf(one: GuessDraft, other: GuessDraft): boolean {
  return one.regions.join() === other.regions.join();
}

interface GuessedProps {
  readonly run: TaskRun<GuessDraft, GuessResult> | null;
  readonly scene: Scene | null;
  readonly hidden: readonly number[];
  readonly onToggle: (region: number) => void;
}

function Guessed({ run, scene, hidden, onToggle }: GuessedProps) {
  const [chosen, choose] = useStateFor(run?.id, '0');
  const guesses = run?.result.guesses.guesses ?? [];
  const place = Math.min(Number(chosen), Math.max(0, guesses.length - 1));
  const guess = guesses[place];
  const evidence = run?.result.evidence?.[place];
  const pictures = useMemo(() => {
    if (!run || !guess) return [];
    const name = `“${guess.labels[0]?.label ?? ''}”`;
    return [...(evidence ? [lossPicture(run.scene, evidence, name)] : []), lookPicture(run, guess.region)];
  }, [run, guess, evidence]);
  const overlay = useMemo(
    () => scene && <HideOverlay scene={scene} hidden={hidden} onToggle={onToggle} />,
    [scene, hidden, onToggle],
  );
  return (
    <>
      {guesses.length > 1 && (
        <Segments
          legend="Which hidden region"
          options={guesses.map(({ region }, index) => ({
            value: String(index),
            name: `Box ${region + 1}`,
          }))}
          chosen={String(place)}
          onChoose={choose}
        />
      )}
      {run && guess && <Guess guess={guess} scene={run.scene} />}
      <Pictures pictures={pictures} overlay={overlay} />
    </>
  );
}

function Guess({ guess, scene }: { readonly guess: RegionGuess; readonly scene: Scene }) {
  const seen = scene.regions[guess.region];
  const [best] = guess.labels;
  return (
    <>
      {seen && best && (
        <p>
          It guesses “{best.label}”, {percent(best.score)}. The detector, which saw the box, says{' '}
          {regionWords(seen)}.
        </p>
      )}
      <div className="side-by-side">
        <div>
          <h3>Name</h3>
          <TaskBars
            label="Guessed names"
            rows={guess.labels.slice(0, SHOWN_LABELS).map(({ label, score }) => ({ name: label, score }))}
          />
        </div>
        <div>
          <h3>Attribute</h3>
          <TaskBars
            label="Guessed attributes"
            rows={guess.attributes.map(({ label, score }) => ({ name: label, score }))}
          />
        </div>
      </div>
      <p className="aside">
        It also guesses the features themselves, as numbers. They resemble those that the detector saw with a
        cosine of {guess.likeness.toFixed(2)}; among all regions that it knows, the nearest are{' '}
        {guess.nearest.map(({ label, likeness }) => `${label} (${likeness.toFixed(2)})`).join(', ')}.
      </p>
    </>
  );
}

/** Where the hidden region looked among the others. */
function lookPicture({ scene, result }: TaskRun<GuessDraft, GuessResult>, region: number): Picture {
  const maps = result.guesses.attention.regionSelf;
  const weights = attentionFrom(headMean(maps, maps.dims[0] - 1), region);
  const highest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  const other = scene.regions[weights.indexOf(highest)];
  return {
    name: 'Attention',
    weights: { weights, highest: Math.max(highest, Math.min(1, 3 / weights.length)) },
    caption: other
      ? `The hidden region looked most at the ${regionName(other)}, ${weightPercent(highest)}.`
      : '',
  };
}
