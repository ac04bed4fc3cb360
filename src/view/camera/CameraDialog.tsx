/** A live view in a dialog with one button that takes the photo. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { asVqaError } from '../../core/errors.ts';
import { useActions } from '../session-context.ts';
import { closeCamera, openCamera, takeStill } from './camera.ts';

export function CameraDialog({ onClose }: { readonly onClose: () => void }) {
  const { openPhoto, reportInputError } = useActions();
  const dialog = useRef<HTMLDialogElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const [isLive, setLive] = useState(false);

  // Closing by the dialog itself gives the focus back to the button that opened it.
  const close = () => dialog.current?.close();
  const fail = useCallback(
    (thrown: unknown) => {
      reportInputError(asVqaError(thrown, 'camera-missing').toReport());
      dialog.current?.close();
    },
    [reportInputError],
  );

  useEffect(() => {
    dialog.current?.showModal();
    let stream: MediaStream | null = null;
    let isLeft = false;
    openCamera().then(
      (opened) => {
        if (isLeft) {
          closeCamera(opened);
          return;
        }
        stream = opened;
        if (video.current) video.current.srcObject = opened;
      },
      (thrown: unknown) => {
        if (!isLeft) fail(thrown);
      },
    );
    return () => {
      isLeft = true;
      if (stream) closeCamera(stream);
    };
  }, [fail]);

  const take = async () => {
    if (!video.current) return;
    try {
      const still = await takeStill(video.current);
      close();
      await openPhoto(still, 'Camera photo', 'camera');
    } catch (thrown) {
      fail(thrown);
    }
  };

  return (
    <dialog ref={dialog} className="camera" aria-labelledby="camera-title" onClose={onClose}>
      <h2 id="camera-title">Take a photo</h2>
      <video ref={video} autoPlay playsInline muted onPlaying={() => setLive(true)} />
      <p className="aside">The picture stays on this device.</p>
      <div className="button-row">
        <button type="button" className="button primary" disabled={!isLive} onClick={() => void take()}>
          {isLive ? 'Take the photo' : 'Waiting for the camera…'}
        </button>
        <button type="button" className="button" onClick={close}>
          Cancel
        </button>
      </div>
    </dialog>
  );
}
