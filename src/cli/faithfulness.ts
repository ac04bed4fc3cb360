/** `npm run faithfulness`: which explanations are true, measured over a set of questions. */
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { REMOVALS, SCOPES, type Removal, type Scope } from '../core/explanation.ts';
import { METHOD_IDS } from '../explain/registry.ts';
import { explained, runCommand, UsageError } from './command.ts';
import { rankTruths, truthLines, truthsOf, type Truths } from './evaluation/faithfulness-table.ts';
import { loadNodeEngine } from '../node/open-node-engine.ts';
import { listOf, oneOf, required, spreadOver, wholeNumber } from './options.ts';
import { createProgressBar } from './progress-bar.ts';
import { readPhoto } from '../node/read-photo.ts';
import { readQuestions } from './evaluation/read-questions.ts';

const USAGE = `npm run faithfulness -- --pack DIR --photos DIR --questions FILE.json [--limit N] [--scope ${SCOPES.join('|')}]
                        [--methods A,B] [--removals A,B] [--threads N] [--out FILE.json]

Takes regions or words away in the order of each explanation and gives them back, and prints how much the answer follows:
the area under insertion less that under deletion, with 95 % intervals by paired bootstrap over the questions.
  --questions  as for \`npm run evaluate\`; the answer that is measured is the model's own
  --limit      N questions, evenly spread over the list
  --scope      what is taken away: regions unless told otherwise; both takes the same share of each
  --methods    ${METHOD_IDS.join(', ')}; all that the pack can do unless told otherwise
  --removals   ${REMOVALS.join(', ')}; both unless told otherwise. mask: as if it were not there;
               zero-feature: a region without its features, [MASK] for a word
  --threads    of the runtime, 2 unless told otherwise; one each for several runs beside each other
  --out        writes every question's numbers, after each photo`;

const OPTIONS = {
  pack: { type: 'string' },
  photos: { type: 'string' },
  questions: { type: 'string' },
  limit: { type: 'string' },
  scope: { type: 'string', default: 'regions' },
  methods: { type: 'string' },
  removals: { type: 'string', default: REMOVALS.join(',') },
  out: { type: 'string' },
  threads: { type: 'string', default: '2' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

interface Measured {
  readonly photo: string;
  readonly question: string;
  readonly answer: string;
  /** One for each removal. */
  readonly truths: readonly Truths[];
}

await runCommand(USAGE, async () => {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const photos = required('--photos', values.photos);
  const pack = required('--pack', values.pack);
  const { questions: all } = await readQuestions(required('--questions', values.questions));
  const asked = spreadOver(all, values.limit).toSorted((a, b) => a.photo.localeCompare(b.photo));
  const scope = oneOf('--scope', values.scope, SCOPES);
  const removals = listOf('--removals', values.removals, REMOVALS);
  const chosen = values.methods === undefined ? null : listOf('--methods', values.methods, METHOD_IDS);
  const { engine, report } = await loadNodeEngine(pack, wholeNumber('--threads', values.threads));
  const methods = chosen ?? report.abilities.methods;
  const bar = createProgressBar(asked.length);
  const found: Measured[] = [];
  const write = async () => {
    if (values.out !== undefined) await writeFile(values.out, jsonOf({ pack, scope, removals, found }));
  };
  let shown: string | null = null;
  for (const { photo, question } of asked) {
    try {
      if (shown !== photo) {
        await engine.detect({ imageId: 'photo', image: await readPhoto(resolve(photos, photo)) });
        shown = photo;
        await write();
      }
      const params = { imageId: 'photo', question, scope, methods, removals };
      const faithfulness = await engine.measureFaithfulness(params);
      const truths = removals.map((removal) => truthsOf(faithfulness, removal));
      found.push({ photo, question, answer: faithfulness.answer, truths });
    } catch (thrown) {
      bar.print(`${photo}, ${question}: ${explained(thrown)}`);
    }
    bar.advance(1, photo);
  }
  bar.end();
  if (found.length === 0) throw new UsageError('no question could be measured');
  await write();
  console.log(`${found.length} questions, ${new Set(found.map(({ photo }) => photo)).size} photos`);
  for (const [place, removal] of removals.entries()) {
    const truths = found.map((one) => one.truths[place] ?? new Map());
    for (const line of truthLines(rankTruths(truths), { scope, removal })) console.log(line);
  }
});

interface Report {
  readonly pack: string;
  readonly scope: Scope;
  readonly removals: readonly Removal[];
  readonly found: readonly Measured[];
}

function jsonOf({ pack, scope, removals, found }: Report): string {
  const questions = found.map(({ truths, ...one }) => ({
    ...one,
    truths: Object.fromEntries(
      removals.map((removal, place) => [removal, Object.fromEntries(truths[place] ?? [])]),
    ),
  }));
  return `${JSON.stringify({ pack, scope, questions }, null, 1)}\n`;
}
