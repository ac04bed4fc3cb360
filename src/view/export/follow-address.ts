/** Keeps the address up to date with what is on screen, so that it can be copied, marked or reloaded at any time. */
import type { Lab } from '../../session/inquiry/lab-state.ts';
import type { Tasks } from '../../session/tasks/create-tasks.ts';
import type { Session } from '../../session/work/state.ts';
import { LAB_HASH } from '../evaluation/lab-address.ts';
import { readViewState, viewStateOf, writeViewState } from '../../session/address/view-state.ts';

/** Browsers refuse an address that changes too often (Safari: a hundred times in thirty seconds). */
const WRITTEN_AFTER_MS = 400;

/** The address of the page with what is on screen; without a photo, the address of the page. */
export function addressOf(session: Session, lab: Lab, tasks: Tasks | null): string {
  const view = viewStateOf(session.getState(), lab.getState(), tasks?.getState());
  const address = new URL(location.href);
  address.hash = view ? writeViewState(view) : '';
  return address.href;
}

/** Follows the stores for as long as the page lives. */
export function followAddress(session: Session, lab: Lab, tasks: Tasks): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let written = location.hash;
  const write = () => {
    // The lab has an address of its own.
    if (location.hash === LAB_HASH) return;
    if (!viewStateOf(session.getState(), lab.getState())) return;
    const address = addressOf(session, lab, tasks);
    if (address !== location.href) history.replaceState(history.state, '', address);
    written = location.hash;
  };
  // Not put off by what follows: a page reloaded in the middle of an explanation would ask the question before it.
  const follow = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      write();
    }, WRITTEN_AFTER_MS);
  };
  session.subscribe(follow);
  lab.subscribe(follow);
  tasks.subscribe(follow);
  // An address that the person has pasted or gone back to; the page's own links lead to no view.
  window.addEventListener('hashchange', () => {
    if (location.hash !== written && readViewState(location.hash)) location.reload();
  });
}
