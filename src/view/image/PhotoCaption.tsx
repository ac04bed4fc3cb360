/** The line under the photo: what it is called, how large it is, what was done to it on the way in. */
import type { ImageNotice, Scene } from '../../core/types.ts';
import type { Photo, PhotoSource } from '../../session/work/state.ts';
import type { Sample } from './samples.ts';

const ORIGINS: Readonly<Record<PhotoSource, string>> = {
  file: 'from a file',
  drop: 'dropped',
  paste: 'pasted',
  camera: 'from the camera',
  url: 'from the web',
  sample: 'sample',
};

const NOTICES: Readonly<Record<ImageNotice, string>> = {
  'ends-early': 'The file ends too early: it was read as far as it goes.',
  'first-frame-of-animation': 'The file is animated: only its first frame is looked at.',
  'converted-from-cmyk': 'The file holds print colours (CMYK): they were converted for the screen.',
  'transparency-on-white': 'Transparent parts were put on white.',
  'turned-upright': 'Turned upright, as the file asks for.',
};

export interface PhotoCaptionProps {
  readonly photo: Photo;
  readonly scene: Scene | null;
  readonly sample: Sample | null;
}

export function PhotoCaption({ photo, scene, sample }: PhotoCaptionProps) {
  return (
    <figcaption className="photo-caption">
      <span className="photo-name">{sample?.title ?? photo.name}</span>
      <span>{ORIGINS[photo.source]}</span>
      {scene && (
        <>
          <span>
            {scene.size.width} × {scene.size.height}
          </span>
          <span>
            {scene.regions.length} {scene.regions.length === 1 ? 'region' : 'regions'}
          </span>
          {scene.notices.map((notice) => (
            <span key={notice} className="notice">
              {NOTICES[notice]}
            </span>
          ))}
        </>
      )}
    </figcaption>
  );
}
