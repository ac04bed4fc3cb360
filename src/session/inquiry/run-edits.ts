/** Answer surgery: edits change the run, the run answers, and each edit can be taken back. */
import type { StoreApi } from 'zustand/vanilla';
import type { CallOptions, Engine } from '../../core/engine.ts';
import type { Scene } from '../../core/types.ts';
import { changeOf, hasEdits } from './edits.ts';
import { follow } from './follow-work.ts';
import { createLatest } from '../work/latest.ts';
import type { Edits, LabState, Outcome } from './lab-state.ts';
import type { Exchange } from '../work/state.ts';

const STEPS_KEPT = 100;

export interface Operation {
  readonly edit: (edits: Partial<Edits>) => Promise<void>;
  readonly undo: () => Promise<void>;
  readonly stop: () => void;
  /** Lets the engine drop the edited scene. */
  readonly forgetScene: () => void;
}

export function operateOn(engine: Engine, store: StoreApi<LabState>): Operation {
  const { getState, setState } = store;
  const operating = createLatest();
  /** The scene with edited boxes that the engine has, and which edits made it. */
  let edited: { readonly regions: Edits['regions']; readonly scene: Scene } | null = null;
  let scenes = 0;

  function forgetScene(): void {
    // A photo that the engine has lost already needs no forgetting.
    if (edited) engine.forget({ imageId: edited.scene.imageId }).catch(() => undefined);
    edited = null;
  }

  async function sceneFor(
    { photo, scene }: Exchange,
    { regions }: Edits,
    { signal }: Pick<CallOptions, 'signal'> & { readonly signal: AbortSignal },
  ): Promise<Scene> {
    if (regions === null) return scene;
    if (edited?.regions === regions) return edited.scene;
    scenes += 1;
    const editedId = `${photo.imageId}-edited-${scenes}`;
    const made = await engine.editRegions({ imageId: photo.imageId, editedId, regions }, { signal });
    forgetScene();
    edited = { regions, scene: made };
    return made;
  }

  async function run(): Promise<void> {
    const { exchange, edits, outcome } = getState();
    const before = lastOutcome(outcome);
    operating.stop();
    if (!exchange || !hasEdits(edits)) {
      setState({ outcome: { status: 'idle' } });
      return;
    }
    const { prediction } = exchange;
    await follow<Outcome, Outcome>(
      operating,
      (work) => setState({ outcome: work }),
      async ({ signal, onProgress }) => {
        if (before) onProgress(before);
        const scene = await sceneFor(exchange, edits, { signal });
        const answered = await engine.ask(
          {
            imageId: scene.imageId,
            question: edits.question ?? prediction.question,
            change: changeOf(edits),
            follow: prediction.answers.slice(0, 1).map(({ answer }) => answer),
          },
          { signal },
        );
        return { edits, scene, prediction: answered };
      },
    );
  }

  return {
    async edit(change) {
      setState(({ edits, past }) => ({
        edits: { ...edits, ...change },
        past: [edits, ...past].slice(0, STEPS_KEPT),
      }));
      await run();
    },
    async undo() {
      const [before, ...past] = getState().past;
      if (!before) return;
      setState({ edits: before, past });
      await run();
    },
    stop: () => operating.stop(),
    forgetScene,
  };
}

function lastOutcome(outcome: LabState['outcome']): Outcome | null {
  if (outcome.status === 'done') return outcome.result;
  return outcome.status === 'running' ? outcome.progress : null;
}
