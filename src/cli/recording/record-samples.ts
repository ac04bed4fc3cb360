/** The recordings of the photos that ship with the page, which it shows before any model has arrived. */
import { methodOf } from '../../explain/registry.ts';
import { readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { ExplanationMethod } from '../../core/explanation.ts';
import { JsonField } from '../../core/json-field.ts';
import { writeRecording } from '../../recording/write-recording.ts';
import { recordAnswers, type LoadedEngine, type RecordParams } from './record-answers.ts';

/** Pixels of the longer side: the width of the photo on a phone. */
const THUMBNAIL_SIDE = 480;

export interface SampleToRecord {
  readonly id: string;
  /** Where its recording lies. */
  readonly file: string;
  readonly params: RecordParams;
}

/** Hundreds of runs for each question. */
const isSlow = (method: ExplanationMethod) => methodOf(method).cost === 'orders';

/** Every photo of `samples.json` with all of its questions. */
export async function listSamples(folder: string): Promise<readonly SampleToRecord[]> {
  const json: unknown = JSON.parse(await readFile(join(folder, 'samples.json'), 'utf8'));
  const samples = new JsonField(json, '').at('samples').items();
  return samples.map((sample) => ({
    id: sample.at('id').text(),
    file: join(folder, `${sample.at('id').text()}.recording.json`),
    params: {
      photo: join(folder, sample.at('file').text()),
      questions: sample.at('questions').texts(),
      thumbnailSide: THUMBNAIL_SIDE,
      alt: sample.at('alt').text(),
      credit: `${sample.at('credit').text()}, ${sample.at('licence').text()}`,
    },
  }));
}

/** @returns a line for each file written */
export async function recordSamples(loaded: LoadedEngine, folder: string): Promise<readonly string[]> {
  const lines: string[] = [];
  const methods = loaded.report.abilities.methods.filter((method) => !isSlow(method));
  for (const { file, params } of await listSamples(folder)) {
    const recording = await recordAnswers(loaded, { ...params, methods });
    const text = await writeRecording(recording);
    await writeFile(file, `${text}\n`);
    const said = recording.answers.map(({ question, answers }) => `${question} ${answers[0]?.answer}`);
    lines.push(`${relative(process.cwd(), file)}  ${Buffer.byteLength(text)} bytes  ${said.join('  ')}`);
  }
  return lines;
}
