/** The photo at the centre of the page: an empty frame to fill, or the photo with what was found on it. */
import type { ReactNode } from 'react';
import type { PhotoLayer } from '../../session/inquiry/lab-state.ts';
import { selectScene } from '../../session/work/selectors.ts';
import { Icon } from '../Icon.tsx';
import { useActions, useSessionState } from '../session-context.ts';
import { ErrorNote } from '../status/ErrorNote.tsx';
import { SwitchToWasm } from '../status/SwitchToWasm.tsx';
import { FileButton } from './FileButton.tsx';
import { PhotoCaption } from './PhotoCaption.tsx';
import { PhotoIntake } from './PhotoIntake.tsx';
import { PhotoStage } from './PhotoStage.tsx';
import { PictureChoice } from './PictureChoice.tsx';
import { LayerChoice, type AvailableLayers } from './LayerChoice.tsx';
import { LookingNote } from './LookingNote.tsx';
import type { RegionWeights } from '../../draw/rank-regions.ts';
import type { Sample } from './samples.ts';
import { describePhoto, selectShownPhoto } from './shown-photo.ts';

interface PhotoPanelProps {
  readonly sample: Sample | null;
  readonly layer: PhotoLayer;
  readonly onLayer: (layer: PhotoLayer) => void;
  readonly available: AvailableLayers;
  /** What is painted over the photo. */
  readonly heat: RegionWeights | null;
  readonly filter: string;
  /** Takes the place of the boxes on the photo. */
  readonly overlay: ReactNode;
  /** Lies over the photo's lower edge. */
  readonly note?: ReactNode;
  /** Goes right under the photo. */
  readonly children: ReactNode;
}

export function PhotoPanel({
  sample,
  layer,
  onLayer,
  available,
  heat,
  filter,
  overlay,
  note,
  children,
}: PhotoPanelProps) {
  const photo = useSessionState(selectShownPhoto);
  const scene = useSessionState(selectScene);
  return (
    <section className="photo-panel" aria-labelledby="photo-title">
      <h2 id="photo-title" className="visually-hidden">
        Photo
      </h2>
      {photo ? (
        <figure className="photo">
          <div className="mount">
            <PhotoStage
              photo={photo}
              alt={sample?.alt ?? describePhoto(photo, scene)}
              scene={scene}
              layer={layer}
              heat={heat}
              filter={filter}
              overlay={overlay}
            />
            <LookingNote />
            {note}
          </div>
          <div className="photo-foot">
            {scene && <LayerChoice layer={layer} onLayer={onLayer} available={available} />}
            {heat && <PictureChoice />}
            <PhotoIntake />
            <PhotoCaption photo={photo} scene={scene} sample={sample} />
          </div>
        </figure>
      ) : (
        <>
          <FileButton className="drop-zone">
            <Icon name="photo" />
            <span className="drop-title">Choose a photo</span>
            <span className="drop-hint">or drop it anywhere on the page, or paste it</span>
          </FileButton>
          <PhotoIntake />
        </>
      )}
      {children}
      <PhotoFailure />
    </section>
  );
}

function PhotoFailure() {
  const photo = useSessionState((state) => state.photo);
  const { openPhoto } = useActions();
  if (photo.status !== 'failed') return null;
  const { blob, name, source } = photo.photo;
  return (
    <ErrorNote error={photo.error}>
      <button type="button" className="button primary" onClick={() => void openPhoto(blob, name, source)}>
        Try this photo again
      </button>
      {photo.error.code === 'inference-failed' && <SwitchToWasm />}
    </ErrorNote>
  );
}
