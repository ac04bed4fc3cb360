/** Where the time went, stage by stage. */
import { selectTimings } from '../../session/work/selectors.ts';
import { duration } from '../format.ts';
import { useSessionState } from '../session-context.ts';

export function StageTimings() {
  const timings = selectTimings(useSessionState((state) => state));
  const longest = timings.reduce((most, { milliseconds }) => Math.max(most, milliseconds), 0);
  return (
    <section className="panel" aria-labelledby="timings-title">
      <h3 id="timings-title">Time of each stage</h3>
      {timings.length === 0 ? (
        <p className="aside">Nothing has run yet.</p>
      ) : (
        <dl className="timings">
          {timings.map(({ stage, milliseconds }) => (
            <div key={stage}>
              <dt>{stage}</dt>
              <dd style={{ '--share': longest > 0 ? milliseconds / longest : 0 }}>
                {duration(milliseconds)}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
