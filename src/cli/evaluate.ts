/** `npm run evaluate`: the accuracy of a pack on questions about photos, with the stages and the WASM of the page. */
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { unscoredSentence } from '../core/evaluation/question-table.ts';
import { runEvaluation, shardOf, type EvaluatedQuestion } from '../core/evaluation/run-evaluation.ts';
import {
  doubtLine,
  scoreLines,
  scorePredictions,
  type Scores,
} from '../core/evaluation/score-predictions.ts';
import { runCommand, UsageError, usageOf } from './command.ts';
import { openNodeEngine } from '../node/open-node-engine.ts';
import { required, wholeNumber } from './options.ts';
import { createProgressBar } from './progress-bar.ts';
import { photosOf, readQuestions } from './evaluation/read-questions.ts';

const USAGE = `npm run evaluate -- --pack DIR --photos DIR --questions FILE [--out REPORT.json] [--limit N] [--shard K/N]
npm run evaluate -- --merge REPORT.json REPORT.json … [--out REPORT.json]

Asks each question of FILE about its photo and counts how often the first answer is accepted.
  --questions  JSON: a list of {photo, question, answer} or {photo, question, answers: [...], kind?};
               or CSV with a header: photo, question, answer or answers (several with | between them), kind
  --out        writes every prediction with its five best answers
  --limit      stops after the first N questions
  --shard      the K-th of N parts, whole photos each: for N processes or machines beside each other
  --merge      puts the reports of all shards together and prints their table`;

const OPTIONS = {
  pack: { type: 'string' },
  photos: { type: 'string' },
  questions: { type: 'string' },
  out: { type: 'string' },
  limit: { type: 'string' },
  shard: { type: 'string' },
  merge: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** With its place in the table. */
type Numbered = EvaluatedQuestion & { readonly index: number };

await runCommand(USAGE, async () => {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  if (values.help) {
    console.log(usageOf(USAGE));
    return;
  }
  if (!values.merge && positionals.length > 0) throw new UsageError(`${positionals[0]} is no option`);
  const merged = values.merge ? await readReports(positionals) : null;
  const { pack, predictions } = merged ?? (await evaluate(values));
  const scores = scorePredictions(predictions);
  if (values.out !== undefined) await writeReport(values.out, pack, scores, predictions);
  for (const line of scoreLines(scores)) console.log(line);
  const doubt = doubtLine(predictions);
  if (doubt !== null) console.log(doubt);
});

interface Report {
  readonly pack: string;
  readonly predictions: readonly Numbered[];
}

type Given = Readonly<
  Partial<Record<'pack' | 'photos' | 'questions' | 'limit' | 'shard', string | undefined>>
>;

async function evaluate(values: Given): Promise<Report> {
  const pack = required('--pack', values.pack);
  const photos = required('--photos', values.photos);
  const { questions, missing } = await readQuestions(required('--questions', values.questions));
  const limit = values.limit === undefined ? Infinity : wholeNumber('--limit', values.limit);
  const numbered = questions.slice(0, limit).map((question, index) => Object.assign({ index }, question));
  const asked = values.shard === undefined ? numbered : shardOf(numbered, parseShard(values.shard));
  for (const sentence of [...missing, unscoredSentence(asked)])
    if (sentence !== null) console.error(sentence);
  const engine = await openNodeEngine(pack);
  const bar = createProgressBar(asked.length);
  let scored = 0;
  let correct = 0;
  const evaluated = await runEvaluation(engine, asked, {
    readPhoto: photosOf(photos),
    onAnswer(question) {
      if (question.accepted.length > 0) scored += 1;
      if (question.correct) correct += 1;
      bar.advance(1, scored > 0 ? `accuracy ${(correct / scored).toFixed(3)}` : '');
    },
    onFailure: (subject, reason) => bar.print(`${subject}: ${reason} (counts as wrong)`),
  });
  bar.end();
  return {
    pack,
    predictions: evaluated.map((each, place) => Object.assign({ index: asked[place]!.index }, each)),
  };
}

function parseShard(text: string): { readonly shard: number; readonly shards: number } {
  const [, shard = '', shards = ''] = /^(\d+)\/(\d+)$/u.exec(text) ?? [];
  const found = { shard: Number(shard), shards: Number(shards) };
  if (found.shard >= 1 && found.shard <= found.shards) return found;
  throw new UsageError(`--shard is ${text}, must be K/N with K from 1 to N`);
}

async function readReports(paths: readonly string[]): Promise<Report> {
  if (paths.length === 0) throw new UsageError('--merge needs the reports to put together');
  const reports: Report[] = [];
  for (const path of paths) {
    const text = await readFile(path, 'utf8').catch((thrown: unknown) => {
      throw new UsageError(`${path} cannot be read`, { cause: thrown });
    });
    const report: Report = JSON.parse(text);
    if (!Array.isArray(report.predictions)) throw new UsageError(`${path} is no report of evaluate`);
    reports.push(report);
  }
  const predictions = reports.flatMap((report) => report.predictions).toSorted((a, b) => a.index - b.index);
  const [first, ...others] = [...new Set(reports.map(({ pack }) => pack))];
  if (others.length > 0)
    throw new UsageError(`the reports are of several packs: ${first}, ${others.join(', ')}`);
  const twice = predictions.find(({ index }, place) => predictions[place + 1]?.index === index);
  if (twice) throw new UsageError(`question ${twice.index + 1} is in two of the reports`);
  return { pack: first ?? '', predictions };
}

async function writeReport(
  path: string,
  pack: string,
  { kinds, ...scores }: Scores,
  predictions: readonly EvaluatedQuestion[],
): Promise<void> {
  const report = { pack, ...scores, kinds: Object.fromEntries(kinds), predictions };
  await writeFile(path, `${JSON.stringify(report, null, 1)}\n`);
}
