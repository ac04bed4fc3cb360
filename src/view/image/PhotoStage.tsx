/** The photo with whatever lies over it: boxes, the attention, or nothing. */
import { useRef, useState, type ReactNode } from 'react';
import type { ImageSize, Scene } from '../../core/types.ts';
import type { PhotoLayer } from '../../session/inquiry/lab-state.ts';
import type { Photo } from '../../session/work/state.ts';
import { BlobImage } from '../BlobImage.tsx';
import { useLab } from '../lab-context.ts';
import { useElementSize } from '../use-element-size.ts';
import type { RegionWeights } from '../../draw/rank-regions.ts';
import { RegionOverlay } from './RegionOverlay.tsx';
import { WeightCanvas } from './WeightCanvas.tsx';

interface PhotoStageProps {
  readonly photo: Photo;
  readonly alt: string;
  readonly scene: Scene | null;
  readonly layer: PhotoLayer;
  readonly heat: RegionWeights | null;
  readonly filter: string;
  /** Takes the place of the boxes. */
  readonly overlay: ReactNode;
}

/** Beyond this, one side is so short that the photo has to be enlarged to be seen. */
const LONG = 5;

export function PhotoStage({ photo, alt, scene, layer, heat: chosen, filter, overlay }: PhotoStageProps) {
  const picture = useLab((lab) => lab.picture);
  const frameRef = useRef<HTMLDivElement>(null);
  const frame = useElementSize(frameRef);
  const [natural, setNatural] = useState<ImageSize>({ width: 3, height: 2 });
  const size = scene?.size ?? natural;
  const heat = scene ? chosen : null;
  const ratio = size.width / size.height;
  const isLong = Math.max(ratio, 1 / ratio) > LONG;
  const [isEnlarged, setEnlarged] = useState(false);

  return (
    <>
      <div
        className="stage-frame"
        data-enlarged={isLong && isEnlarged}
        data-layer={heat ? 'attention' : 'plain'}
        data-picture={picture}
        ref={frameRef}
        style={{ '--ratio': ratio }}
      >
        <BlobImage
          className="stage-photo"
          blob={photo.blob}
          alt={alt}
          decoding="async"
          draggable={false}
          onLoad={({ currentTarget }) =>
            setNatural({ width: currentTarget.naturalWidth, height: currentTarget.naturalHeight })
          }
        />
        {heat && scene && <WeightCanvas scene={scene} heat={heat} picture={picture} />}
        {scene &&
          layer !== 'photo' &&
          frame.width > 0 &&
          (overlay ?? <RegionOverlay scene={scene} frame={frame} heat={heat} filter={filter} />)}
      </div>
      {isLong && (
        <button
          type="button"
          className="button stage-enlarge"
          aria-pressed={isEnlarged}
          onClick={() => setEnlarged(!isEnlarged)}
        >
          Enlarge
        </button>
      )}
    </>
  );
}
