/** `npm run record`: questions about a photo, answered once and kept as a file that plays without any model. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { METHOD_IDS } from '../explain/registry.ts';
import { writeRecording } from '../recording/write-recording.ts';
import { PROJECT_FOLDER } from '../build/build-when-stale.ts';
import { runCommand, UsageError } from './command.ts';
import { loadNodeEngine } from '../node/open-node-engine.ts';
import { listOf, required } from './options.ts';
import { recordAnswers } from './recording/record-answers.ts';
import { recordSamples } from './recording/record-samples.ts';

const USAGE = `npm run record -- --pack DIR --photo FILE --question "QUESTION" [--question …] --out FILE.json
                  [--thumbnail PIXELS|none] [--alt TEXT] [--credit TEXT] [--explain METHOD,…|none]
npm run record -- --samples [--pack DIR]

Answers questions about a photo and writes the regions, answers, attention and explanations to a file of 400 kB at
most, which the page, the element and the SDK play without any model.
  --thumbnail  the longer side of the small photo that goes in, 640 unless told otherwise; none leaves the photo out
  --explain    ${METHOD_IDS.join(', ')}; all that the pack can do unless told otherwise
  --samples    makes the recordings of the sample photos anew, by the pack that ships with the page`;

const OPTIONS = {
  pack: { type: 'string' },
  photo: { type: 'string' },
  question: { type: 'string', multiple: true },
  out: { type: 'string' },
  thumbnail: { type: 'string', default: '640' },
  alt: { type: 'string' },
  credit: { type: 'string' },
  explain: { type: 'string' },
  samples: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const SHIPPED_PACK = join(PROJECT_FOLDER, 'public/packs/everyday');
const SAMPLES = join(PROJECT_FOLDER, 'public/samples');

await runCommand(USAGE, async () => {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  if (values.samples) {
    const lines = await recordSamples(await loadNodeEngine(values.pack ?? SHIPPED_PACK), SAMPLES);
    console.log(lines.join('\n'));
    return;
  }
  const { question: questions = [], explain, alt = null, credit = null } = values;
  const pack = required('--pack', values.pack);
  const photo = required('--photo', values.photo);
  if (questions.length === 0) throw new UsageError('--question is missing');
  const out = required('--out', values.out);
  const thumbnailSide = thumbnailSideOf(values.thumbnail);
  const methods = explain === 'none' ? [] : explain && listOf('--explain', explain, METHOD_IDS);
  const params = { photo, questions, thumbnailSide, alt, credit, ...(methods && { methods }) };
  const text = await writeRecording(await recordAnswers(await loadNodeEngine(pack), params));
  await writeFile(out, `${text}\n`);
  console.log(`${out}: ${Buffer.byteLength(text)} bytes`);
});

function thumbnailSideOf(text: string): number | null {
  if (text === 'none') return null;
  const side = Number(text);
  if (Number.isInteger(side) && side >= 1 && side <= 4096) return side;
  throw new UsageError(`--thumbnail is ${text}, must be none or a whole number from 1 to 4096`);
}
