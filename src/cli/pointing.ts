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
import {
  mergeReports,
  openJournal,
  packJsonOf,
  partOf,
  type Numbered,
  type ShardReport,
} from './evaluation/shards.ts';
import { listOf, required, spreadOver, wholeNumber } from './options.ts';
import { createProgressBar } from './progress-bar.ts';

const USAGE = `npm run pointing -- --pack DIR --photos DIR --questions FILE.json [--limit N] [--methods A,B] [--threads N]
                    [--out REPORT.json] [--shard K/N]
npm run pointing -- --merge REPORT.json REPORT.json … [--out REPORT.json]

Explains each answer by every method, draws it as the page does, and prints how often the brightest point lies on what was
asked about and how much of the light does, with 95 % intervals by bootstrap over the questions: over all, and over those
whose thing the detector found (a region with an overlap of 0.4 or more).
  --questions  a list of {photo, question, answer?, boxes: [[xmin, ymin, xmax, ymax], …]}, in fractions of the photo;
               \`python -m models.data.evaluation\` writes one
  --limit      N questions, evenly spread over the list
  --methods    ${METHOD_IDS.join(', ')}; all that the pack can do unless told otherwise
  --threads    of the runtime, 2 unless told otherwise
  --out        writes every question's numbers; what an interrupted run has left beside it is gone on with by the same
               command
  --shard      the K-th of N parts, whole photos each: for N processes or machines beside each other
  --merge      puts the reports of all shards together and prints their table
Baselines: ${POINTING_BASELINES.join(', ')}.`;

const OPTIONS = {
  pack: { type: 'string' },
  photos: { type: 'string' },
  questions: { type: 'string' },
  limit: { type: 'string' },
  methods: { type: 'string' },
  out: { type: 'string' },
  threads: { type: 'string', default: '2' },
  shard: { type: 'string' },
  merge: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

interface BoxedQuestion {
  readonly photo: string;
  readonly question: string;
  readonly boxes: readonly BoundingBox[];
}

/** As reports store it. */
type Measured = Omit<PointedQuestion, 'pointings'> & {
  readonly pointings: Readonly<Record<string, Pointing>>;
};
type Report = ShardReport<Measured>;

await runCommand(USAGE, async () => {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  if (!values.merge && positionals.length > 0) throw new UsageError(`${positionals[0]} is no option`);
  const { close, ...report } = values.merge
    ? { ...(await mergeReports(positionals, reportOf)), close: null }
    : await measure(values);
  if (report.found.length === 0) throw new UsageError('no question could be measured');
  if (values.out !== undefined) await writeFile(values.out, jsonOf(report));
  await close?.();
  const pointed = report.found.map(
    ({ photo, question, answer, isFound: hasRegion, pointings }): PointedQuestion => {
      return { photo, question, answer, isFound: hasRegion, pointings: new Map(Object.entries(pointings)) };
    },
  );
  for (const line of pointingLines(pointed)) console.log(line);
});

type Given = Readonly<Partial<Record<'pack' | 'photos' | 'questions' | 'limit', string>>> &
  Readonly<Partial<Record<'methods' | 'shard' | 'out', string>>> &
  Readonly<Record<'threads', string>>;

async function measure({ out, ...values }: Given): Promise<Report & { readonly close: () => Promise<void> }> {
  const photos = required('--photos', values.photos);
  const pack = required('--pack', values.pack);
  const table = required('--questions', values.questions);
  const all = await readBoxedQuestions(table);
  const inOrder = spreadOver(all, values.limit).toSorted((a, b) => a.photo.localeCompare(b.photo));
  const chosen = values.methods === undefined ? null : listOf('--methods', values.methods, METHOD_IDS);
  const part = partOf(inOrder, values.shard);
  const { engine, report } = await loadNodeEngine(pack, wholeNumber('--threads', values.threads));
  const methods = chosen ?? report.abilities.methods;
  const journal = await openJournal<Numbered<Measured>>(out, values, [packJsonOf(pack), table]);
  const done = new Set(journal.kept.map(({ index }) => index));
  const asked = part.filter(({ index }) => !done.has(index));
  const bar = createProgressBar(asked.length);
  const found = [...journal.kept];
  const scenes = new Map<string, Scene>();
  for (const { index, photo, question, boxes } of asked) {
    try {
      let scene = scenes.get(photo);
      if (!scene) {
        scenes.clear();
        scene = await engine.detect({ imageId: 'photo', image: await readPhoto(resolve(photos, photo)) });
        scenes.set(photo, scene);
      }
      const pointings: Record<string, Pointing> = {};
      let answer = '';
      for (const method of methods) {
        const explanation = await engine.explain({ imageId: 'photo', question, method });
        pointings[method] = pointingOf(scene, explanation.regions, boxes);
        answer = explanation.answer;
      }
      for (const [baseline, pointing] of baselinePointings(scene, boxes)) pointings[baseline] = pointing;
      const measured = { index, photo, question, answer, isFound: isFound(scene.regions, boxes), pointings };
      found.push(measured);
      await journal.add(measured);
    } catch (thrown) {
      bar.print(`${photo}, ${question}: ${explained(thrown)}`);
    }
    bar.advance(1, photo);
  }
  bar.end();
  const { shard } = values;
  return { pack, shard, found: found.toSorted((a, b) => a.index - b.index), close: () => journal.close() };
}

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

function reportOf({ pack, shard, questions }: Readonly<Record<string, unknown>>): Report | null {
  if (!Array.isArray(questions)) return null;
  return { pack: String(pack), shard: typeof shard === 'string' ? shard : undefined, found: questions };
}

function jsonOf({ pack, shard, found }: Report): string {
  return `${JSON.stringify({ pack, shard, questions: found }, null, 1)}\n`;
}
