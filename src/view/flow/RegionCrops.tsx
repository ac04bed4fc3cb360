/** What the detector cut out of the photo, one stamp for each region, in the order of the model's region axis. */
import { useCallback, useEffect, useState } from 'react';
import type { ImageSize, Scene } from '../../core/types.ts';
import { drawCrops } from '../../draw/crops.ts';
import { useCanvas } from '../use-canvas.ts';

/** CSS pixels. */
const STAMP = 24;
const COLUMNS = 6;
/** Enough for stamps; a whole photo of a camera would cost a moment at every drawing. */
const DECODED_WIDTH = 640;

interface RegionCropsProps {
  readonly blob: Blob;
  readonly scene: Scene;
}

export function RegionCrops({ blob, scene }: RegionCropsProps) {
  const [bitmap, setBitmap] = useState<ImageBitmap | null>(null);
  useEffect(() => {
    let isWanted = true;
    const decode = async () => {
      const decoded = await createImageBitmap(blob, { resizeWidth: DECODED_WIDTH, resizeQuality: 'medium' });
      if (isWanted) setBitmap(decoded);
      else decoded.close();
    };
    // Without the stamps the picture still says what it has to say.
    decode().catch(() => undefined);
    return () => {
      isWanted = false;
      setBitmap(null);
    };
  }, [blob]);
  // Closed once it is no longer what is painted: a frame that was asked for before may still draw it.
  useEffect(() => () => bitmap?.close(), [bitmap]);

  const rows = Math.ceil(scene.regions.length / COLUMNS);
  const paint = useCallback(
    (context: CanvasRenderingContext2D, size: ImageSize) => {
      if (bitmap) drawCrops<ImageBitmap>(context, bitmap, scene.regions, { columns: COLUMNS, size });
    },
    [bitmap, scene],
  );
  const size = { width: COLUMNS * STAMP, height: rows * STAMP };
  return (
    <canvas
      className="flow-crops"
      ref={useCanvas(size, paint)}
      style={size}
      role="img"
      aria-label={`${scene.regions.length} regions: ${namesOf(scene)}`}
    />
  );
}

function namesOf({ regions }: Scene): string {
  return [...new Set(regions.map(({ label }) => label))].join(', ');
}
