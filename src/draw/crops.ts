/** Regions cut out of a photo, as a sheet of stamps. */
import type { BoundingBox, ImageSize } from '../core/types.ts';

/** The part of a 2D canvas context that cutting out needs. */
export interface Scissors<Source> {
  drawImage(
    image: Source,
    fromX: number,
    fromY: number,
    fromWidth: number,
    fromHeight: number,
    x: number,
    y: number,
    width: number,
    height: number,
  ): void;
}

const SEAM = 1;

/** Draws each region into its cell of the sheet, row by row, filling the cell without distortion. */
export function drawCrops<Source extends ImageSize>(
  scissors: Scissors<Source>,
  photo: Source,
  regions: readonly { readonly box: BoundingBox }[],
  sheet: { readonly columns: number; readonly size: ImageSize },
): void {
  const side = sheet.size.width / sheet.columns;
  for (const [index, { box }] of regions.entries()) {
    const width = Math.max(1, (box.xmax - box.xmin) * photo.width);
    const height = Math.max(1, (box.ymax - box.ymin) * photo.height);
    const cut = Math.min(width, height);
    scissors.drawImage(
      photo,
      box.xmin * photo.width + (width - cut) / 2,
      box.ymin * photo.height + (height - cut) / 2,
      cut,
      cut,
      (index % sheet.columns) * side,
      Math.floor(index / sheet.columns) * side,
      side - SEAM,
      side - SEAM,
    );
  }
}
