/** The camera of the device, as a live stream and as one still. */
import { VqaError } from '../../core/errors.ts';

/** The rear camera where there is one. @throws VqaError `camera-denied` or `camera-missing`. */
export async function openCamera(): Promise<MediaStream> {
  if (!('mediaDevices' in navigator)) {
    throw new VqaError(
      'camera-missing',
      'This browser gives the page no camera; it needs https or localhost.',
    );
  }
  try {
    return await navigator.mediaDevices.getUserMedia({
      video: { facingMode: { ideal: 'environment' }, width: { ideal: 1920 }, height: { ideal: 1080 } },
    });
  } catch (cause) {
    throw cameraError(cause);
  }
}

export function closeCamera(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** The frame on screen as PNG, so that no pixel changes on the way to the model. */
export async function takeStill(video: HTMLVideoElement): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  const still = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/png');
  });
  if (!still) throw new VqaError('camera-missing', 'The camera gave no picture.');
  return still;
}

function cameraError(cause: unknown): VqaError {
  const name = cause instanceof DOMException ? cause.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') {
    return new VqaError('camera-denied', 'The camera is not allowed for this page.', { cause });
  }
  if (name === 'NotReadableError') {
    return new VqaError('camera-missing', 'The camera is in use by another program.', { cause });
  }
  return new VqaError('camera-missing', 'No camera was found on this device.', { cause });
}
