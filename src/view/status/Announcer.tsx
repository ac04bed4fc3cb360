/** What a screen reader hears of progress and answers; errors announce themselves where they stand. */
import { selectAnnouncement } from '../../session/work/selectors.ts';
import { useSessionState } from '../session-context.ts';

export function Announcer() {
  const words = useSessionState(selectAnnouncement);
  return (
    <p className="visually-hidden" role="status">
      {words}
    </p>
  );
}
