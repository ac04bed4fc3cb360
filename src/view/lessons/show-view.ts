/** Brings the view of a step onto the page: photo, question, task, layer, changes. */
import { hasEdits } from '../../session/inquiry/edits.ts';
import type { Lab } from '../../session/inquiry/lab-state.ts';
import { restoreView } from '../../session/address/restore-view.ts';
import { readViewState } from '../../session/address/view-state.ts';
import type { Tasks } from '../../session/tasks/create-tasks.ts';
import { selectPhoto } from '../../session/work/selectors.ts';
import type { Session } from '../../session/work/state.ts';
import { openSample } from '../image/open-sample.ts';
import { fetchSamples } from '../image/samples.ts';

export async function showView(
  { session, lab, tasks }: { readonly session: Session; readonly lab: Lab; readonly tasks: Tasks },
  address: string,
  samplesAreRecorded: boolean,
): Promise<void> {
  const view = readViewState(address);
  if (!view) return;
  const { photo, question, edits } = view;
  const shown = selectPhoto(session.getState());
  if (photo.kind === 'sample' && shown?.name !== photo.file) {
    const sample = (await fetchSamples().catch(() => [])).find(({ file }) => file === photo.file);
    if (sample) {
      const arrived = whenPhotoIs(session, photo.file);
      void openSample(session, sample, question || null, samplesAreRecorded && !hasEdits(edits));
      await arrived;
    }
  }
  await restoreView(session, lab, view, tasks);
}

/** As soon as the photo is on screen, whether it has been looked at or not; a failure to fetch it counts too. */
function whenPhotoIs(session: Session, name: string): Promise<void> {
  return new Promise((resolve) => {
    const stop = session.subscribe((state) => {
      if (selectPhoto(state)?.name !== name && state.inputError === null) return;
      stop();
      resolve();
    });
  });
}
