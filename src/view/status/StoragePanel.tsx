/** What the browser keeps for the next visit, and a button that deletes it. */
import { useEffect } from 'react';
import type { CacheReport } from '../../core/types.ts';
import { megabytes } from '../../core/megabytes.ts';
import { changeTabChoice, useTabChoice } from '../tab/tab-choice.ts';
import { usePageCopy } from '../offline/page-copy.ts';
import { useActions, useSessionState } from '../session-context.ts';

export function StoragePanel() {
  const cache = useSessionState((state) => state.cache);
  const engineStatus = useSessionState((state) => state.engine.status);
  const { inspectCache, clearCache } = useActions();

  useEffect(() => {
    if (engineStatus === 'ready') void inspectCache();
  }, [engineStatus, inspectCache]);

  const photos = cache?.status === 'available' ? (cache.photos?.count ?? 0) : 0;
  const isEmpty = cache?.status !== 'available' || (cache.packs.length === 0 && photos === 0);
  return (
    <section className="panel" aria-labelledby="storage-title">
      <h3 id="storage-title">Stored on this device</h3>
      <StoredPacks cache={cache} />
      <StoredPage />
      <KeptTab />
      <KeptRegions cache={cache} />
      <button type="button" className="button" disabled={isEmpty} onClick={() => void clearCache()}>
        Delete stored models
      </button>
    </section>
  );
}

function StoredPacks({ cache }: { readonly cache: CacheReport | null }) {
  if (!cache) return <p className="aside">Not looked up yet.</p>;
  if (cache.status === 'refused') {
    return (
      <p className="aside">This browser keeps nothing for this page: the models load anew each visit.</p>
    );
  }
  if (cache.packs.length === 0) return <p className="reading">Nothing</p>;
  return (
    <>
      <ul className="sources">
        {cache.packs.map(({ url, storedBytes, files }) => (
          <li key={url}>
            <strong>{megabytes(storedBytes)}</strong> in {files} files: {packName(url)}
          </li>
        ))}
      </ul>
      {cache.quotaBytes !== null && (
        <p className="aside">The browser allows this page {megabytes(cache.quotaBytes)}.</p>
      )}
    </>
  );
}

/** The person's own photo and questions. */
function KeptTab() {
  const { isOn, isRefused } = useTabChoice();
  if (isRefused) {
    return (
      <p className="aside">
        This browser keeps nothing for this tab: if you reload the page, your photo, questions and answers are
        gone.
      </p>
    );
  }
  return (
    <>
      <label className="check">
        <input
          type="checkbox"
          checked={isOn}
          onChange={({ target }) => changeTabChoice({ isOn: target.checked })}
        />
        <span>Keep my photo, questions and answers when I reload this page</span>
      </label>
      <p className="aside">
        {isOn
          ? 'They are kept on this device for this tab alone. After you close the tab, they are erased when the page is next opened.'
          : 'Nothing of them is stored: they are gone when you reload the page or close the tab.'}
      </p>
    </>
  );
}

function StoredPage() {
  const { status } = usePageCopy();
  if (status === 'none') return null;
  return <p className="aside">{PAGE_COPY_WORDS[status]}</p>;
}

const PAGE_COPY_WORDS = {
  keeping: 'The page itself is being stored, so that it opens without a network.',
  kept: 'The page and its examples are stored too: all of it works without a network.',
  refused: 'The page itself could not be stored here: opening it needs a network.',
} as const;

/** A slow detector's findings are kept, and whoever reads that nothing is stored must know it. */
function KeptRegions({ cache }: { readonly cache: CacheReport | null }) {
  const photos = cache?.status === 'available' ? cache.photos : undefined;
  if (!photos || photos.count === 0) return null;
  return (
    <p className="aside">
      What was found in {photos.count === 1 ? 'one photo' : `${photos.count} photos`} is kept (
      {megabytes(photos.storedBytes)}), so that it is not looked for again.
    </p>
  );
}

/** The last folder of a pack's address. */
function packName(url: string): string {
  return url.replace(/\/+$/, '').split('/').at(-1) ?? url;
}
