/** Under the header when a newer version of the page has been stored. */
import { takeNewer, usePageCopy } from './page-copy.ts';

export function UpdateBar() {
  const { isNewerWaiting } = usePageCopy();
  if (!isNewerWaiting) return null;
  return (
    <div className="engine-bar" role="status">
      <p>
        A newer version of this page is ready. You keep the present one until you reload here or close every
        tab of this page. Reloading here reloads the other tabs, too.
      </p>
      <button type="button" className="button" onClick={takeNewer}>
        Reload with the newer version
      </button>
    </div>
  );
}
