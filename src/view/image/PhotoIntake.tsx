/** The other ways in: another file, the clipboard, the camera, an address on the web. */
import { useState } from 'react';
import { asVqaError } from '../../core/errors.ts';
import { Icon } from '../Icon.tsx';
import { useActions, useSessionState } from '../session-context.ts';
import { ErrorNote } from '../status/ErrorNote.tsx';
import { CameraDialog } from './CameraDialog.tsx';
import { FileButton } from './FileButton.tsx';
import { readClipboardPhoto } from './paste.ts';
import { selectShownPhoto } from './shown-photo.ts';
import { UrlField } from './UrlField.tsx';

export function PhotoIntake() {
  const { openPhoto, reportInputError, dismissError } = useActions();
  const inputError = useSessionState((state) => state.inputError);
  const hasPhoto = useSessionState((state) => selectShownPhoto(state) !== null);
  const [isCameraOpen, setCameraOpen] = useState(false);

  const paste = async () => {
    try {
      await openPhoto(await readClipboardPhoto(), 'Pasted photo', 'paste');
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
      <div className="intake-row">
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
      </div>
      {isCameraOpen && <CameraDialog onClose={() => setCameraOpen(false)} />}
    </div>
  );
}
