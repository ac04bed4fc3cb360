/** `npm run evaluate`: the accuracy of a pack on questions about photos, with the stages and the WASM of the page. */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { runCommand } from './command.ts';
import { openNodeEngine } from '../node/open-node-engine.ts';
import { required, wholeNumber } from './options.ts';
import { createProgressBar } from './progress-bar.ts';
import { readQuestions } from './evaluation/read-questions.ts';
import { runEvaluation, type EvaluatedQuestion } from './evaluation/run-evaluation.ts';
import { doubtLine, scoreLines, scorePredictions, type Scores } from './evaluation/score-predictions.ts';

const USAGE = `npm run evaluate -- --pack DIR --photos DIR --questions FILE.json [--out REPORT.json] [--limit N]

Asks each question of FILE.json about its photo and counts how often the first answer is accepted.
  --questions  a list of {photo, question, answer} or {photo, question, answers: [...], kind?}
  --out        writes every prediction with its five best answers
  --limit      stops after the first N questions`;

const OPTIONS = {
  pack: { type: 'string' },
  photos: { type: 'string' },
  questions: { type: 'string' },
  out: { type: 'string' },
  limit: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

await runCommand(USAGE, async () => {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const packFolder = required('--pack', values.pack);
  const photoFolder = required('--photos', values.photos);
  const questions = await readQuestions(required('--questions', values.questions));
  const limit = values.limit === undefined ? Infinity : wholeNumber('--limit', values.limit);
  const asked = questions.slice(0, limit);
  const engine = await openNodeEngine(packFolder);
  const bar = createProgressBar(asked.length);
  let answered = 0;
  let correct = 0;
  const evaluated = await runEvaluation(engine, photoFolder, asked, {
    onAnswer(question) {
      answered += 1;
      if (question.correct) correct += 1;
      bar.advance(1, `accuracy ${(correct / answered).toFixed(3)}`);
    },
    onFailure: (subject, reason) => bar.print(`${subject}: ${reason} (counts as wrong)`),
  });
  bar.end();
  const scores = scorePredictions(evaluated);
  if (values.out !== undefined) await writeReport(values.out, packFolder, scores, evaluated);
  for (const line of scoreLines(scores)) console.log(line);
  const doubt = doubtLine(evaluated);
  if (doubt !== null) console.log(doubt);
});

async function writeReport(
  path: string,
  pack: string,
  { kinds, ...scores }: Scores,
  predictions: readonly EvaluatedQuestion[],
): Promise<void> {
  const report = { pack, ...scores, kinds: Object.fromEntries(kinds), predictions };
  await writeFile(path, `${JSON.stringify(report, null, 1)}\n`);
}
