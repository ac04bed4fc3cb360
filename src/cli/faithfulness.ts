/** `npm run faithfulness`: which explanations are true, measured over a set of questions. */
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { EXPLANATION_METHODS, REMOVALS, type ExplanationMethod, type Removal } from '../core/explanation.ts';
import { explained, runCommand, UsageError } from './command.ts';
import { rankTruths, truthLines, truthsOf, type Truths } from './faithfulness-table.ts';
import { loadNodeEngine } from './open-node-engine.ts';
import { createProgressBar } from './progress-bar.ts';
import { readPhoto } from './read-photo.ts';
import { readQuestions } from './read-questions.ts';

const USAGE = `npm run faithfulness -- --pack DIR --photos DIR --questions FILE.json [--limit N] [--methods A,B] [--removals A,B] [--threads N] [--out FILE.json]

Takes regions away in the order of each explanation and gives them back, and prints how much the answer follows:
the area under insertion less that under deletion, with 95 % intervals by paired bootstrap over the questions.
  --questions  as for \`npm run evaluate\`; the answer that is measured is the model's own
  --limit      N questions, evenly spread over the list
  --methods    ${EXPLANATION_METHODS.join(', ')}; all that the pack can do unless told otherwise
  --removals   ${REMOVALS.join(', ')}; both unless told otherwise
  --threads    of the runtime, 2 unless told otherwise; one each for several runs beside each other
  --out        writes every question's numbers, after each photo`;

const OPTIONS = {
  pack: { type: 'string' },
  photos: { type: 'string' },
  questions: { type: 'string' },
  limit: { type: 'string' },
  methods: { type: 'string' },
  removals: { type: 'string' },
  out: { type: 'string' },
  threads: { type: 'string', default: '2' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

await runCommand(USAGE, async () => {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const photos = required('--photos', values.photos);
  const packFolder = required('--pack', values.pack);
  const all = await readQuestions(required('--questions', values.questions));
  const asked = spread(all, values.limit).toSorted((a, b) => a.photo.localeCompare(b.photo));
  const methods = listed('--methods', values.methods, EXPLANATION_METHODS);
  const removals = listed('--removals', values.removals, REMOVALS) ?? REMOVALS;
  const { engine, report } = await loadNodeEngine(packFolder, wholeNumber('--threads', values.threads));
  const measured = methods ?? report.abilities.methods;
  const bar = createProgressBar(asked.length);
  const found: { photo: string; question: string; answer: string; truths: Truths[] }[] = [];
  let shown: string | null = null;
  for (const { photo, question } of asked) {
    try {
      if (shown !== photo) {
        await engine.detect({ imageId: 'photo', image: await readPhoto(resolve(photos, photo)) });
        shown = photo;
        if (values.out !== undefined) await writeFile(values.out, jsonOf(packFolder, removals, found));
      }
      const faithfulness = await engine.measureFaithfulness({
        imageId: 'photo',
        question,
        methods: measured,
        removals,
      });
      const truths = removals.map((removal) => truthsOf(faithfulness, removal));
      found.push({ photo, question, answer: faithfulness.answer, truths });
    } catch (thrown) {
      bar.print(`${photo}, ${question}: ${explained(thrown)}`);
    }
    bar.advance(1, photo);
  }
  bar.end();
  if (found.length === 0) throw new UsageError('no question could be measured');
  if (values.out !== undefined) await writeFile(values.out, jsonOf(packFolder, removals, found));
  console.log(`${found.length} questions, ${new Set(found.map(({ photo }) => photo)).size} photos`);
  for (const [place, removal] of removals.entries()) {
    const truths = found.map((one) => one.truths[place] ?? new Map());
    for (const line of truthLines(rankTruths(truths, removal))) console.log(line);
  }
});

function jsonOf(
  pack: string,
  removals: readonly Removal[],
  found: readonly { photo: string; question: string; answer: string; truths: readonly Truths[] }[],
): string {
  const questions = found.map(({ truths, ...one }) => ({
    ...one,
    truths: Object.fromEntries(
      removals.map((removal, place) => [removal, Object.fromEntries(truths[place] ?? [])]),
    ),
  }));
  return `${JSON.stringify({ pack, questions }, null, 1)}\n`;
}

function required(name: string, value: string | undefined): string {
  if (value === undefined) throw new UsageError(`${name} is missing`);
  return value;
}

/** Evenly over the list, which is often sorted by kind. */
function spread<Item>(items: readonly Item[], limit: string | undefined): readonly Item[] {
  if (limit === undefined) return items;
  const count = wholeNumber('--limit', limit);
  if (count >= items.length) return items;
  return items.filter(
    (_, i) => Math.floor((i * count) / items.length) !== Math.floor(((i - 1) * count) / items.length),
  );
}

function wholeNumber(option: string, text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new UsageError(`${option} is ${text}, must be a whole number above 0`);
}

function listed<Name extends ExplanationMethod | Removal>(
  option: string,
  text: string | undefined,
  known: readonly Name[],
): readonly Name[] | null {
  if (text === undefined) return null;
  return text.split(',').map((name) => {
    const found = known.find((one) => one === name.trim());
    if (found === undefined) throw new UsageError(`${option} has ${name}, must be of ${known.join(', ')}`);
    return found;
  });
}
