/** `npm run pointing`: whether explanations, as they are drawn, point at what was asked about. */
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { JsonField } from '../core/json-field.ts';
import type { BoundingBox, Scene } from '../core/types.ts';
import { METHOD_IDS } from '../explain/registry.ts';
import { loadNodeEngine } from '../node/open-node-engine.ts';
import { readPhoto } from '../node/read-photo.ts';
import { explained, runCommand, UsageError } from './command.ts';
import {
  baselinePointings,
  isFound,
  pointingLines,
  pointingOf,
  POINTING_BASELINES,
  type PointedQuestion,
  type Pointing,
} from './evaluation/pointing.ts';
import { listOf, required, spreadOver, wholeNumber } from './options.ts';
import { createProgressBar } from './progress-bar.ts';

const USAGE = `npm run pointing -- --pack DIR --photos DIR --questions FILE.json [--limit N] [--methods A,B] [--threads N]
                    [--out REPORT.json]

Explains each answer by every method, draws it as the page does, and prints how often the brightest point lies on what was
asked about and how much of the light does, with 95 % intervals by bootstrap over the questions: over all, and over those
whose thing the detector found (a region with an overlap of 0.4 or more).
  --questions  a list of {photo, question, answer?, boxes: [[xmin, ymin, xmax, ymax], …]}, in fractions of the photo;
               \`python -m models.data.evaluation\` writes one
  --limit      N questions, evenly spread over the list
  --methods    ${METHOD_IDS.join(', ')}; all that the pack can do unless told otherwise
  --threads    of the runtime, 2 unless told otherwise
  --out        writes every question's numbers
Baselines: ${POINTING_BASELINES.join(', ')}.`;

const OPTIONS = {
  pack: { type: 'string' },
  photos: { type: 'string' },
  questions: { type: 'string' },
  limit: { type: 'string' },
  methods: { type: 'string' },
  out: { type: 'string' },
  threads: { type: 'string', default: '2' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

interface BoxedQuestion {
  readonly photo: string;
  readonly question: string;
  readonly boxes: readonly BoundingBox[];
}

await runCommand(USAGE, async () => {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const photos = required('--photos', values.photos);
  const pack = required('--pack', values.pack);
  const all = await readBoxedQuestions(required('--questions', values.questions));
  const asked = spreadOver(all, values.limit).toSorted((a, b) => a.photo.localeCompare(b.photo));
  const chosen = values.methods === undefined ? null : listOf('--methods', values.methods, METHOD_IDS);
  const { engine, report } = await loadNodeEngine(pack, wholeNumber('--threads', values.threads));
  const methods = chosen ?? report.abilities.methods;
  const bar = createProgressBar(asked.length);
  const found: PointedQuestion[] = [];
  const scenes = new Map<string, Scene>();
  for (const { photo, question, boxes } of asked) {
    try {
      let scene = scenes.get(photo);
      if (!scene) {
        scenes.clear();
        scene = await engine.detect({ imageId: 'photo', image: await readPhoto(resolve(photos, photo)) });
        scenes.set(photo, scene);
      }
      const pointings = new Map<string, Pointing>();
      let answer = '';
      for (const method of methods) {
        const explanation = await engine.explain({ imageId: 'photo', question, method });
        pointings.set(method, pointingOf(scene, explanation.regions, boxes));
        answer = explanation.answer;
      }
      for (const [baseline, pointing] of baselinePointings(scene, boxes)) pointings.set(baseline, pointing);
      found.push({ photo, question, answer, isFound: isFound(scene.regions, boxes), pointings });
    } catch (thrown) {
      bar.print(`${photo}, ${question}: ${explained(thrown)}`);
    }
    bar.advance(1, photo);
  }
  bar.end();
  if (found.length === 0) throw new UsageError('no question could be measured');
  if (values.out !== undefined) await writeFile(values.out, jsonOf(pack, found));
  for (const line of pointingLines(found)) console.log(line);
});

async function readBoxedQuestions(path: string): Promise<readonly BoxedQuestion[]> {
  const text = await readFile(path, 'utf8').catch((thrown: unknown) => {
    throw new UsageError(`${path} cannot be read`, { cause: thrown });
  });
  try {
    return new JsonField(JSON.parse(text), 'questions').items().map((item) => ({
      photo: item.at('photo').text(),
      question: item.at('question').text(),
      boxes: item
        .at('boxes')
        .items()
        .map((box) => {
          const [xmin = 0, ymin = 0, xmax = 0, ymax = 0] = box.numbers(4);
          return { xmin, ymin, xmax, ymax };
        }),
    }));
  } catch (thrown) {
    const what = thrown instanceof SyntaxError ? 'it is not JSON' : String(Object(thrown).message);
    throw new UsageError(`${path} is no list of questions with boxes: ${what}`, { cause: thrown });
  }
}

function jsonOf(pack: string, found: readonly PointedQuestion[]): string {
  const questions = found.map(({ pointings, ...one }) => ({
    ...one,
    pointings: Object.fromEntries(pointings),
  }));
  return `${JSON.stringify({ pack, questions }, null, 1)}\n`;
}
