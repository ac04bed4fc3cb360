/** Over the photo while it is being looked at. */
import type { PhotoStatus } from '../../session/state.ts';
import { useSessionState } from '../session-context.ts';

const STAGES = {
  read: 'Reading the photo…',
  propose: 'Looking for things…',
  classify: 'Naming what is there…',
  encode: 'Getting ready for questions…',
} as const;

export function LookingNote() {
  const words = useSessionState(({ photo, answer }) =>
    // A recorded answer is worth looking at undisturbed.
    answer.status === 'ready' && answer.exchange.standIn ? null : lookingWords(photo),
  );
  if (!words) return null;
  return (
    <p className="looking">
      <span className="lamp" aria-hidden="true" />
      {words}
    </p>
  );
}

function lookingWords(photo: PhotoStatus): string | null {
  if (photo.status === 'fetching') return 'Fetching the photo…';
  if (photo.status === 'waiting') return 'Waiting for the models…';
  if (photo.status !== 'detecting') return null;
  if (!photo.progress) return STAGES.read;
  const { stage, regions } = photo.progress;
  // A detector that takes many seconds says how far it is.
  return regions ? `${STAGES[stage]} ${regions.done} of ${regions.total}` : STAGES[stage];
}
