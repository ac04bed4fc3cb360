/** The one bridge between React and a session: subscribe to a part of the state, or act. */
import { createContext, use, useSyncExternalStore } from 'react';
import type { Session, SessionActions, SessionState } from '../session/work/state.ts';

export const SessionContext = createContext<Session | null>(null);

/** Part of the state; `select` must return the same reference as long as nothing it reads has changed. */
export function useSessionState<Selected>(select: (state: SessionState) => Selected): Selected {
  const session = useSession();
  return useSyncExternalStore(session.subscribe, () => select(session.getState()));
}

export function useActions(): SessionActions {
  return useSession();
}

export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('A view outside a SessionContext has nothing to show.');
  return session;
}
