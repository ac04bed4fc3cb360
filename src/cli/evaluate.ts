/** `npm run evaluate`: the accuracy of a pack on questions about photos, with the stages and the WASM of the page. */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { unscoredSentence } from '../core/evaluation/question-table.ts';
import { runEvaluation, type EvaluatedQuestion } from '../core/evaluation/run-evaluation.ts';
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
import {
  mergeReports,
  openJournal,
  packJsonOf,
  partOf,
  type Numbered,
  type ShardReport,
} from './evaluation/shards.ts';

const USAGE = `npm run evaluate -- --pack DIR --photos DIR --questions FILE [--out REPORT.json] [--limit N] [--shard K/N]
npm run evaluate -- --merge REPORT.json REPORT.json … [--out REPORT.json]

Asks each question of FILE about its photo and counts how often the first answer is accepted.
  --questions  JSON: a list of {photo, question, answer} or {photo, question, answers: [...], kind?};
               or CSV with a header: photo, question, answer or answers (several with | between them), kind
  --out        writes every prediction with its five best answers; what an interrupted run has left beside it is gone on
               with by the same command
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

await runCommand(USAGE, async () => {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  if (values.help) {
    console.log(usageOf(USAGE));
    return;
  }
  if (!values.merge && positionals.length > 0) throw new UsageError(`${positionals[0]} is no option`);
  const { found, close, ...of } = values.merge
    ? { ...(await mergeReports(positionals, reportOf)), close: null }
    : await evaluate(values);
  const scores = scorePredictions(found);
  if (values.out !== undefined) await writeReport(values.out, of, scores, found);
  await close?.();
  for (const line of scoreLines(scores)) console.log(line);
  const doubt = doubtLine(found);
  if (doubt !== null) console.log(doubt);
});

type Report = ShardReport<EvaluatedQuestion>;

type Given = Readonly<
  Partial<Record<'pack' | 'photos' | 'questions' | 'limit' | 'shard' | 'out', string | undefined>>
>;

async function evaluate({
  out,
  ...values
}: Given): Promise<Report & { readonly close: () => Promise<void> }> {
  const pack = required('--pack', values.pack);
  const photos = required('--photos', values.photos);
  const table = required('--questions', values.questions);
  const { questions, missing } = await readQuestions(table);
  const limit = values.limit === undefined ? Infinity : wholeNumber('--limit', values.limit);
  const part = partOf(questions.slice(0, limit), values.shard);
  const journal = await openJournal<Numbered<EvaluatedQuestion>>(out, values, [packJsonOf(pack), table]);
  const done = new Set(journal.kept.map(({ index }) => index));
  const asked = part.filter(({ index }) => !done.has(index));
  for (const sentence of [...missing, unscoredSentence(asked)])
    if (sentence !== null) console.error(sentence);
  const engine = await openNodeEngine(pack);
  const bar = createProgressBar(asked.length);
  const found = [...journal.kept];
  let scored = found.filter(({ accepted }) => accepted.length > 0).length;
  let correct = found.filter((question) => question.correct).length;
  await runEvaluation(engine, asked, {
    readPhoto: photosOf(photos),
    async onAnswer(question, place) {
      if (question.accepted.length > 0) scored += 1;
      if (question.correct) correct += 1;
      bar.advance(1, scored > 0 ? `accuracy ${(correct / scored).toFixed(3)}` : '');
      const numbered = Object.assign({ index: asked[place]!.index }, question);
      found.push(numbered);
      await journal.add(numbered);
    },
    onFailure: (subject, reason) => bar.print(`${subject}: ${reason} (counts as wrong)`),
  });
  bar.end();
  const { shard } = values;
  return { pack, shard, found: found.toSorted((a, b) => a.index - b.index), close: () => journal.close() };
}

function reportOf({ pack, shard, predictions }: Readonly<Record<string, unknown>>): Report | null {
  if (!Array.isArray(predictions)) return null;
  return { pack: String(pack), shard: typeof shard === 'string' ? shard : undefined, found: predictions };
}

async function writeReport(
  path: string,
  of: Pick<Report, 'pack' | 'shard'>,
  { kinds, ...scores }: Scores,
  predictions: readonly EvaluatedQuestion[],
): Promise<void> {
  const report = { ...of, ...scores, kinds: Object.fromEntries(kinds), predictions };
  await writeFile(path, `${JSON.stringify(report, null, 1)}\n`);
}
