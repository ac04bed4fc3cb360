/** For someone who came by a link whose photo did not come with it. */
import type { LinkedPhoto } from '../../session/address/view-state.ts';
import { FileButton } from '../image/FileButton.tsx';
import { useActions } from '../session-context.ts';

export function LinkNote({ photo }: { readonly photo: LinkedPhoto }) {
  const { openUrl } = useActions();
  if (photo.kind === 'sample') return null;
  return (
    <section className="link-note" aria-label="About this link">
      {photo.kind === 'own' ? (
        <p>
          {isReload()
            ? 'Your photo is gone: the page was reloaded and had not kept it. Choose it again, and the question is asked again.'
            : 'This link was made about a photo that stayed with its owner. Choose that photo, or another one, and the question is asked again.'}
        </p>
      ) : (
        <>
          <p>
            This link is about a photo at <span className="link-address">{photo.url}</span>. It is fetched
            from there only if you say so.
          </p>
          <button type="button" className="button primary" onClick={() => void openUrl(photo.url)}>
            Fetch the photo
          </button>
        </>
      )}
      <FileButton className="button">Choose a photo</FileButton>
    </section>
  );
}

function isReload(): boolean {
  const [navigation] = performance.getEntriesByType('navigation');
  return navigation instanceof PerformanceNavigationTiming && navigation.type === 'reload';
}
