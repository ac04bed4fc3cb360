/** The second photo, with every way in that the first one has, and what is painted over it. */
import { useState, type DragEvent } from 'react';
import type { RegionWeights } from '../../../draw/rank-regions.ts';
import { selectScene } from '../../../session/work/selectors.ts';
import { FileButton } from '../../image/FileButton.tsx';
import { PhotoIntake } from '../../image/PhotoIntake.tsx';
import { PhotoStage } from '../../image/PhotoStage.tsx';
import { sampleUrl, type Sample } from '../../image/samples.ts';
import { describePhoto, selectShownPhoto } from '../../image/shown-photo.ts';
import { useActions, useSessionState } from '../../session-context.ts';
import { ErrorNote } from '../../status/ErrorNote.tsx';

interface SecondPhotoProps {
  readonly samples: readonly Sample[];
  readonly onSample: (sample: Sample) => void;
  readonly heat: RegionWeights | null;
}

/** To be put inside a context whose photo is the second one. */
export function SecondPhoto({ samples, onSample, heat }: SecondPhotoProps) {
  const { openPhoto, openUrl } = useActions();
  const photo = useSessionState(selectShownPhoto);
  const scene = useSessionState(selectScene);
  const status = useSessionState((state) => state.photo);
  const [isOver, setOver] = useState(false);
  const take = (event: DragEvent) => {
    event.preventDefault();
    // The rest of the page takes what is dropped for the first photo.
    event.stopPropagation();
    setOver(false);
    const [file] = event.dataTransfer.files;
    const address = event.dataTransfer.getData('text/uri-list').split('\n')[0]?.trim();
    if (file) void openPhoto(file, file.name, 'drop');
    else if (address) void openUrl(address);
  };
  // What is dropped or pasted here is heard here; all of it can be done by buttons too.
  // oxlint-disable jsx-a11y/no-noninteractive-element-interactions
  return (
    <section
      className="second-photo"
      aria-labelledby="second-photo-title"
      data-over={isOver}
      onDragEnter={(event) => {
        event.stopPropagation();
        setOver(true);
      }}
      onDragOver={(event) => {
        event.preventDefault();
        event.stopPropagation();
      }}
      onDragLeave={() => setOver(false)}
      onDrop={take}
      onPaste={(event) => {
        const [file] = event.clipboardData.files;
        if (!file) return;
        event.preventDefault();
        event.stopPropagation();
        void openPhoto(file, 'Pasted photo', 'paste');
      }}
    >
      <h3 id="second-photo-title">The right photo</h3>
      {photo ? (
        <PhotoStage
          photo={photo}
          alt={describePhoto(photo, scene)}
          scene={scene}
          layer={heat ? 'attention' : 'regions'}
          heat={heat}
          filter=""
          overlay={null}
        />
      ) : (
        <FileButton className="drop-zone">
          <span className="drop-title">Choose the second photo</span>
          <span className="drop-hint">or drop it here</span>
        </FileButton>
      )}
      {status.status === 'failed' && <ErrorNote error={status.error} />}
      <div className="suggestions" role="group" aria-label="Examples for the right photo">
        {samples.map((sample) => (
          <button
            key={sample.id}
            type="button"
            className="second-sample"
            aria-pressed={photo?.source === 'sample' && photo.name === sample.file}
            onClick={() => onSample(sample)}
          >
            <img src={sampleUrl(sample)} alt={sample.title} width={60} height={40} />
          </button>
        ))}
      </div>
      <PhotoIntake />
    </section>
  );
}
