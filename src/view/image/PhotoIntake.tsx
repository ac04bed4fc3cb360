/** The ways in: a file, the clipboard, the camera, an address on the web; behind one button once there is a photo. */
import { Suspense, useState, type ReactNode } from 'react';
import { asVqaError } from '../../core/errors.ts';
import { selectPhoto } from '../../session/work/selectors.ts';
import { Icon } from '../Icon.tsx';
import { useActions, useSessionState } from '../session-context.ts';
import { ErrorNote } from '../status/ErrorNote.tsx';
import { CameraDialog } from '../tools.ts';
import { useStateFor } from '../use-state-for.ts';
import { FileButton } from './FileButton.tsx';
import { readClipboardPhoto } from './paste.ts';
import { selectShownPhoto } from './shown-photo.ts';
import { UrlField } from './UrlField.tsx';

export function PhotoIntake() {
  const { openPhoto, openUrl, reportInputError, dismissError } = useActions();
  const inputError = useSessionState((state) => state.inputError);
  const hasPhoto = useSessionState((state) => selectShownPhoto(state) !== null);
  const [isCameraOpen, setCameraOpen] = useState(false);

  const paste = async () => {
    try {
      const offered = await readClipboardPhoto();
      if (offered.kind === 'none') throw offered.error;
      if (offered.kind === 'address') await openUrl(offered.address);
      else await openPhoto(offered.file, 'Pasted photo', 'paste');
    } catch (thrown) {
      reportInputError(asVqaError(thrown, 'clipboard-empty').toReport());
    }
  };

  return (
    <div className="intake">
      {inputError && (
        <ErrorNote error={inputError} onDismiss={dismissError}>
          <FileButton className="button">Choose another file</FileButton>
        </ErrorNote>
      )}
      <Ways>
        {hasPhoto && (
          <FileButton className="button">
            <Icon name="photo" /> Choose a photo
          </FileButton>
        )}
        <button type="button" className="button" onClick={() => void paste()}>
          <Icon name="paste" /> Paste
        </button>
        <button type="button" className="button" onClick={() => setCameraOpen(true)}>
          <Icon name="camera" /> Camera
        </button>
        <UrlField />
      </Ways>
      {isCameraOpen && (
        <Suspense>
          <CameraDialog onClose={() => setCameraOpen(false)} />
        </Suspense>
      )}
    </div>
  );
}

/** Closes when a photo has come in. */
function Ways({ children }: { readonly children: ReactNode }) {
  const photo = useSessionState(selectPhoto);
  const hasPhoto = useSessionState((state) => selectShownPhoto(state) !== null);
  const [isOpen, setOpen] = useStateFor(photo?.imageId, false);
  if (!hasPhoto) return <div className="intake-row">{children}</div>;
  return (
    <>
      <button
        type="button"
        className="button new-photo"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="photo" /> New photo
      </button>
      <span className="aside drop-words">or drop your own anywhere on the page</span>
      <div className="intake-row" hidden={!isOpen}>
        {children}
      </div>
    </>
  );
}
