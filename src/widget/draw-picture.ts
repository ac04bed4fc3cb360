/** The photo with what is laid over it, the question and the answer, as one picture to keep. */
import { percent } from '../core/percent.ts';
import type { PictureMode } from '../core/picture.ts';
import type { ImageSize, Scene } from '../core/types.ts';
import { drawWeights } from '../draw/paint-weights.ts';
import { toPixels } from '../draw/frame.ts';
import { arrangeLabels, LABEL_FONT } from '../draw/label-regions.ts';
import { rankRegions, type RegionWeights } from '../draw/rank-regions.ts';
import { selectPhoto } from '../session/work/selectors.ts';
import { VqaError } from '../core/errors.ts';
import type { Shown } from './show.ts';
import { fieldsOf, numberWithin, oneOf } from './shape.ts';
import { shownWeights } from './shown-weights.ts';

const TYPES = ['image/png', 'image/jpeg', 'image/webp'] as const;

export interface PictureOptions {
  /** Pixels, 100..4000; 1200 unless told otherwise. The height follows from the photo. */
  readonly width?: number;
  /** `image/png` unless told otherwise. */
  readonly type?: (typeof TYPES)[number];
  /** Of JPEG and WebP, 0..1. */
  readonly quality?: number;
}

const DEFAULT_WIDTH = 1200;
const CAPTION = { height: 96, ground: '#fbfcfb', ink: '#15181a', soft: '#474d51' } as const;
const SERIF = '"Iowan Old Style", "Palatino Linotype", Charter, "Liberation Serif", serif';

/** @throws TypeError naming what is not as `PictureOptions` says. */
export function parsePictureOptions(value: unknown): PictureOptions {
  const { width, type, quality } = fieldsOf(value, 'options');
  return {
    ...(width !== undefined && { width: Math.round(numberWithin([100, 4000], width, 'options.width')) }),
    ...(type !== undefined && { type: oneOf(TYPES, type, 'options.type') }),
    ...(quality !== undefined && { quality: numberWithin([0, 1], quality, 'options.quality') }),
  };
}

export async function drawPicture(
  shown: Shown,
  scene: Scene,
  picture: PictureMode,
  options: PictureOptions,
): Promise<Blob> {
  const photo = shown.state && selectPhoto(shown.state);
  if (!photo) throw new VqaError('image-empty', 'There is no photo to draw.');
  const { width = DEFAULT_WIDTH, type = 'image/png', quality } = options;
  const frame: ImageSize = { width, height: Math.round((width * scene.size.height) / scene.size.width) };
  const canvas = document.createElement('canvas');
  canvas.width = frame.width;
  canvas.height = frame.height + (shown.exchange ? CAPTION.height : 0);
  const pen = canvas.getContext('2d');
  if (!pen) throw new VqaError('image-too-large', `This browser has no canvas of ${width} pixels.`);

  const heat = shownWeights(shown);
  const image = await createImageBitmap(photo.blob);
  pen.filter = heat && picture === 'signed' ? 'saturate(0.5)' : 'none';
  pen.drawImage(image, 0, 0, frame.width, frame.height);
  pen.filter = 'none';
  image.close();
  if (heat) layWeights(pen, scene, heat, picture, frame);
  drawLabels(pen, scene, heat, frame);
  drawCaption(pen, shown, frame);
  return await new Promise((resolve, reject) => {
    const failed = () => reject(new VqaError('image-too-large', 'The picture could not be encoded.'));
    canvas.toBlob((blob) => (blob ? resolve(blob) : failed()), type, quality);
  });
}

function layWeights(
  pen: CanvasRenderingContext2D,
  scene: Scene,
  { weights }: RegionWeights,
  picture: PictureMode,
  frame: ImageSize,
): void {
  const layer = document.createElement('canvas');
  drawWeights(layer, scene, weights, picture);
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(layer, 0, 0, frame.width, frame.height);
}

function drawLabels(
  pen: CanvasRenderingContext2D,
  scene: Scene,
  heat: RegionWeights | null,
  frame: ImageSize,
): void {
  pen.font = `${LABEL_FONT.sizePx}px ${LABEL_FONT.family}`;
  for (const { index, rect, text } of arrangeLabels(rankRegions(scene, heat, ''), null, frame)) {
    const region = scene.regions[index];
    if (!region) continue;
    const { x, y, width, height } = toPixels(region.box, frame);
    for (const [color, line] of [
      ['rgb(0 0 0 / 55%)', 4],
      ['#ffffff', 2],
    ] as const) {
      pen.strokeStyle = color;
      pen.lineWidth = line;
      pen.strokeRect(x, y, width, height);
    }
    pen.fillStyle = '#ffffff';
    pen.fillRect(rect.x, rect.y, rect.width, rect.height);
    pen.fillStyle = CAPTION.ink;
    pen.fillText(text, rect.x + 5, rect.y + 13);
  }
}

function drawCaption(pen: CanvasRenderingContext2D, { exchange }: Shown, frame: ImageSize): void {
  if (!exchange) return;
  const { question, answers } = exchange.prediction;
  const [best] = answers;
  pen.fillStyle = CAPTION.ground;
  pen.fillRect(0, frame.height, frame.width, CAPTION.height);
  const room = frame.width - 32;
  pen.fillStyle = CAPTION.soft;
  pen.font = `italic 22px ${SERIF}`;
  pen.fillText(question, 16, frame.height + 34, room);
  pen.fillStyle = CAPTION.ink;
  pen.font = `36px ${SERIF}`;
  if (best) pen.fillText(`${best.answer}  ${percent(best.score)}`, 16, frame.height + 76, room);
}
