/** Asks an engine in Node and keeps everything that it answered. */
import { basename } from 'node:path';
import sharp from 'sharp';
import type { Engine, LoadReport } from '../../core/engine.ts';
import type { Explanation, ExplanationMethod } from '../../core/explanation.ts';
import type { Prediction } from '../../core/types.ts';
import { captureRecording } from '../../recording/capture.ts';
import type { Recording } from '../../recording/recording.ts';
import { readPhoto } from '../../node/read-photo.ts';

const THUMBNAIL_QUALITY = 78;

export interface RecordParams {
  readonly photo: string;
  readonly questions: readonly string[];
  /** Pixels of the thumbnail's longer side; null leaves the photo out. */
  readonly thumbnailSide: number | null;
  readonly alt: string | null;
  readonly credit: string | null;
  /** How each best answer is explained; all that the pack can do unless told otherwise. */
  readonly methods?: readonly ExplanationMethod[];
}

export interface LoadedEngine {
  readonly engine: Engine;
  readonly report: LoadReport;
}

export async function recordAnswers(
  { engine, report }: LoadedEngine,
  params: RecordParams,
): Promise<Recording> {
  const { photo, questions, thumbnailSide, alt, credit, methods = report.abilities.methods } = params;
  const imageId = photo;
  const image = await readPhoto(photo);
  const scene = await engine.detect({ imageId, image });
  const predictions: Prediction[] = [];
  const explanations: Explanation[] = [];
  for (const question of questions) {
    predictions.push(await engine.ask({ imageId, question }));
    for (const method of methods) explanations.push(await engine.explain({ imageId, question, method }));
  }
  await engine.forget({ imageId });
  const thumbnail = thumbnailSide === null ? null : await thumbnailOf(image, thumbnailSide);
  return captureRecording({
    report,
    scene,
    predictions,
    explanations,
    photo: { name: basename(photo), alt, credit, thumbnail },
  });
}

async function thumbnailOf(image: Blob, side: number): Promise<Blob> {
  const jpeg = await sharp(await image.arrayBuffer())
    .autoOrient()
    .flatten({ background: 'white' })
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: THUMBNAIL_QUALITY, mozjpeg: true })
    .toBuffer();
  return new Blob([new Uint8Array(jpeg)], { type: 'image/jpeg' });
}
