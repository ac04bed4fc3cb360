/** `npm run judge`: a sentence and a photo, or a statement and two photos, judged by the page's engine in Node. */
import { parseArgs } from 'node:util';
import type { Engine } from '../core/engine.ts';
import { weightPercent } from '../core/percent.ts';
import { MASK } from '../engine/lxmert/question-text.ts';
import { runCommand, UsageError } from './command.ts';
import { openNodeEngine } from '../node/open-node-engine.ts';
import { readPhoto } from '../node/read-photo.ts';

const USAGE = `npm run judge -- --pack DIR PHOTO [PHOTO] "SENTENCE" [--hide REGIONS]

One photo: prints the probability that the sentence is of it, or, where the sentence says ${MASK}, the words that fit.
Two photos, left and right: prints the probability that the sentence is true of them.
  --hide  regions of one photo, as in 0,3: prints what each is taken for when it is hidden; the sentence may be empty`;

const OPTIONS = {
  pack: { type: 'string' },
  hide: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

await runCommand(USAGE, async () => {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  if (values.pack === undefined) throw new UsageError('--pack is missing');
  const sentence = positionals.at(-1) ?? '';
  const [left, right, ...rest] = positionals.slice(0, -1);
  if (left === undefined || rest.length > 0) {
    throw new UsageError(
      `${positionals.length} arguments, must be one or two photos and a sentence in quotes`,
    );
  }
  const engine = await openNodeEngine(values.pack);
  for (const photo of new Set([left, right ?? left])) await detect(engine, photo);
  if (values.hide !== undefined) {
    if (right !== undefined) throw new UsageError('--hide is for one photo');
    const regions = values.hide.split(',').map(Number);
    const { guesses } = await engine.guessRegions({ imageId: left, regions, text: sentence });
    for (const { region, labels } of guesses) {
      console.log(
        `${region}: ${labels.map(({ label, score }) => `${label} ${weightPercent(score)}`).join(', ')}`,
      );
    }
  } else if (right !== undefined) {
    console.log(weightPercent((await engine.compare({ left, right, statement: sentence })).score));
  } else if (sentence.includes(MASK)) {
    const { masks } = await engine.fillIn({ imageId: left, text: sentence });
    for (const { words } of masks) {
      console.log(words.map(({ word, score }) => `${word} ${weightPercent(score)}`).join(', '));
    }
  } else {
    console.log(weightPercent((await engine.match({ imageId: left, text: sentence })).score));
  }
});

async function detect(engine: Engine, photo: string): Promise<void> {
  await engine.detect({ imageId: photo, image: await readPhoto(photo) });
}
