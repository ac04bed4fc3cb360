/** Brings a view from an address back onto the page, step by step as photo and answer arrive. */
import { hasEdits } from '../inquiry/edits.ts';
import type { Lab } from '../inquiry/lab-state.ts';
import { selectExchange } from '../work/selectors.ts';
import type { Tasks } from '../tasks/create-tasks.ts';
import type { Session } from '../work/state.ts';
import type { ViewState } from './view-state.ts';

/**
 * Asks the question of `view`; with the answer, shows what was shown. A question that is asked before any photo waits
 * for the one that the person brings.
 */
export async function restoreView(
  session: Session,
  lab: Lab,
  view: ViewState,
  tasks: Tasks | null = null,
): Promise<void> {
  tasks?.choose(view.task, view.fields);
  if (view.lesson) tasks?.guide(view.lesson);
  lab.take(view.tool);
  if (view.layer) lab.showLayer(view.layer);
  lab.choosePicture(view.picture);
  session.showAttention(view.attention);
  if (view.question === '') return;
  // After a reload the answer is there before its photo has been looked at again.
  const isAnswered = selectExchange(session.getState())?.prediction.question === view.question;
  const stopWatching = session.subscribe((state) => {
    if (!selectExchange(state) || (isAnswered && state.photo.status !== 'ready')) return;
    stopWatching();
    void showAgain(session, lab, view);
  });
  if (!isAnswered) await session.ask(view.question);
}

async function showAgain(session: Session, lab: Lab, view: ViewState): Promise<void> {
  // Another exchange begins with the layer of its tool.
  if (view.layer) lab.showLayer(view.layer);
  if (view.focus.kind !== 'none') session.focusOn(view.focus);
  // The changed answer takes one run, an explanation many: it does not have to wait for them.
  await Promise.all([hasEdits(view.edits) && lab.edit(view.edits), lab.inquire(view.inquiry)]);
}
