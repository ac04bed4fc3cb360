import { useState } from 'react';
import { useActions, useSessionState } from '../session-context.ts';

/** An address of a photo on the web; the session says precisely why one cannot be had. */
export function UrlField() {
  const { openUrl, stopLooking } = useActions();
  const isFetching = useSessionState((state) => state.photo.status === 'fetching');
  const [address, setAddress] = useState('');
  return (
    <form
      className="url-field"
      onSubmit={(event) => {
        event.preventDefault();
        void openUrl(address.trim());
      }}
    >
      <input
        type="text"
        inputMode="url"
        aria-label="Address of a photo on the web"
        placeholder="https://… address of a photo"
        autoComplete="off"
        spellCheck={false}
        value={address}
        onChange={(event) => setAddress(event.target.value)}
      />
      <button type="submit" className="button">
        {isFetching ? 'Fetching…' : 'Fetch'}
      </button>
      {isFetching && (
        <button type="button" className="button" aria-label="Stop fetching the photo" onClick={stopLooking}>
          Stop
        </button>
      )}
    </form>
  );
}
