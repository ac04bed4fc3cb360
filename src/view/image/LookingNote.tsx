/** Over the photo while it is being looked at: what is done, and for a long look how far it is and a way to stop it. */
import type { DetectProgress } from '../../core/engine.ts';
import { lookedShare } from '../../session/inquiry/looked-share.ts';
import type { PhotoStatus } from '../../session/work/state.ts';
import { useActions, useSessionState } from '../session-context.ts';

const STAGES = {
  read: 'Reading the photo…',
  propose: 'Looking for things…',
  classify: 'Naming what is there…',
  encode: 'Getting ready for questions…',
} as const;

export function LookingNote() {
  const photo = useSessionState((state) => state.photo);
  // A recorded answer is worth looking at undisturbed.
  const isHidden = useSessionState(({ answer }) => answer.status === 'ready' && answer.exchange.standIn);
  const words = lookingWords(photo);
  if (!words || isHidden) return null;
  const share = photo.status === 'detecting' && photo.progress ? lookedShare(photo.progress) : null;
  return (
    <div className="looking">
      <p>
        <span className="lamp" aria-hidden="true" />
        {words}
      </p>
      {photo.status === 'fetching' && <StopButton />}
      {share !== null && <LongLook share={share} />}
    </div>
  );
}

/** A detector of many seconds. */
function LongLook({ share }: { readonly share: number }) {
  const isKept = useSessionState(
    ({ engine }) => engine.status === 'ready' && engine.report.pack.detector.keepRegions,
  );
  return (
    <>
      <div className="looking-row">
        <progress aria-label="How much of the photo has been looked at" max={1} value={share} />
        <StopButton />
      </div>
      {isKept && <p className="aside">This takes a while, once: what is found is kept on this device.</p>}
    </>
  );
}

function StopButton() {
  const { stopLooking } = useActions();
  return (
    <button type="button" className="button" onClick={stopLooking}>
      Stop
    </button>
  );
}

function lookingWords(photo: PhotoStatus): string | null {
  if (photo.status === 'fetching') return 'Fetching the photo…';
  if (photo.status === 'waiting') return 'Waiting for the models…';
  if (photo.status !== 'detecting') return null;
  return photo.progress ? stageWords(photo.progress) : STAGES.read;
}

function stageWords({ stage, steps }: DetectProgress): string {
  if (!steps) return STAGES[stage];
  if (stage === 'propose') return `Looking over the whole photo: part ${steps.done + 1} of ${steps.total}`;
  return `Looking closely at ${steps.total} places: ${steps.done} done`;
}
