/** The sample photos at the size the targets speak of, with the questions that belong to them. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { PROJECT_FOLDER } from '../../src/build/build-when-stale.ts';

const LONGER_SIDE_PIXELS = 512;

interface SampleList {
  readonly samples: readonly { readonly file: string; readonly questions: readonly string[] }[];
}

export interface PhotoFile {
  readonly file: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly questions: readonly string[];
}

/** Writes the photos into `folder`, where a server finds them, and returns them. */
export async function prepareBenchPhotos(folder: string): Promise<readonly PhotoFile[]> {
  const samplesFolder = join(PROJECT_FOLDER, 'public/samples');
  const { samples }: SampleList = JSON.parse(await readFile(join(samplesFolder, 'samples.json'), 'utf8'));
  await mkdir(folder, { recursive: true });
  return Promise.all(
    samples.map(async ({ file, questions }) => {
      const photo = await sharp(join(samplesFolder, file))
        .resize(LONGER_SIDE_PIXELS, LONGER_SIDE_PIXELS, { fit: 'inside' })
        .jpeg({ quality: 90 })
        .toBuffer();
      await writeFile(join(folder, file), photo);
      return { file, bytes: new Uint8Array(photo), questions };
    }),
  );
}
