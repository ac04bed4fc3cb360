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
import {
  mergeReports,
  openJournal,
  packJsonOf,
  partOf,
  type Numbered,
  type ShardReport,
} from './evaluation/shards.ts';

const USAGE = `npm run faithfulness -- --pack DIR --photos DIR --questions FILE.json [--limit N] [--scope ${SCOPES.join('|')}]
                        [--methods A,B] [--removals A,B] [--threads N] [--out FILE.json] [--shard K/N]
npm run faithfulness -- --merge FILE.json FILE.json … [--out FILE.json]

Takes regions or words away in the order of each explanation and gives them back, and prints how much the answer follows:
the area under insertion less that under deletion, with 95 % intervals by paired bootstrap over the questions.
  --questions  as for \`npm run evaluate\`; the answer that is measured is the model's own
  --limit      N questions, evenly spread over the list
  --scope      what is taken away: regions unless told otherwise; both takes the same share of each
  --methods    ${METHOD_IDS.join(', ')}; all that the pack can do unless told otherwise
  --removals   ${REMOVALS.join(', ')}; both unless told otherwise. mask: as if it were not there;
               zero-feature: a region without its features, [MASK] for a word
  --threads    of the runtime, 2 unless told otherwise; one each for several runs beside each other
  --out        writes every question's numbers; what an interrupted run has left beside it is gone on with by the same
               command
  --shard      the K-th of N parts, whole photos each: for N processes or machines beside each other
  --merge      puts the files of all shards together and prints their table`;

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
  shard: { type: 'string' },
  merge: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

interface Measured {
  readonly photo: string;
  readonly question: string;
  readonly answer: string;
  /** By removal, then by ranking. */
  readonly truths: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

interface Report extends ShardReport<Measured> {
  readonly scope: Scope;
  readonly removals: readonly Removal[];
}

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
  const { found, scope, removals } = report;
  if (found.length === 0) throw new UsageError('no question could be measured');
  if (values.out !== undefined) await writeFile(values.out, jsonOf(report));
  await close?.();
  console.log(`${found.length} questions, ${new Set(found.map(({ photo }) => photo)).size} photos`);
  for (const removal of removals) {
    const truths = found.map((one): Truths => new Map(Object.entries(one.truths[removal] ?? {})));
    for (const line of truthLines(rankTruths(truths), { scope, removal })) console.log(line);
  }
});

type Given = Readonly<Partial<Record<'pack' | 'photos' | 'questions' | 'limit', string>>> &
  Readonly<Partial<Record<'methods' | 'shard' | 'out', string>>> &
  Readonly<Record<'scope' | 'removals' | 'threads', string>>;

async function measure({ out, ...values }: Given): Promise<Report & { readonly close: () => Promise<void> }> {
  const photos = required('--photos', values.photos);
  const pack = required('--pack', values.pack);
  const table = required('--questions', values.questions);
  const { questions: all } = await readQuestions(table);
  const inOrder = spreadOver(all, values.limit).toSorted((a, b) => a.photo.localeCompare(b.photo));
  const scope = oneOf('--scope', values.scope, SCOPES);
  const removals = listOf('--removals', values.removals, REMOVALS);
  const chosen = values.methods === undefined ? null : listOf('--methods', values.methods, METHOD_IDS);
  const part = partOf(inOrder, values.shard);
  const { engine, report } = await loadNodeEngine(pack, wholeNumber('--threads', values.threads));
  const methods = chosen ?? report.abilities.methods;
  const journal = await openJournal<Numbered<Measured>>(out, values, [packJsonOf(pack), table]);
  const done = new Set(journal.kept.map(({ index }) => index));
  const asked = part.filter(({ index }) => !done.has(index));
  const bar = createProgressBar(asked.length);
  const found = [...journal.kept];
  let shown: string | null = null;
  for (const { index, photo, question } of asked) {
    try {
      if (shown !== photo) {
        await engine.detect({ imageId: 'photo', image: await readPhoto(resolve(photos, photo)) });
        shown = photo;
      }
      const params = { imageId: 'photo', question, scope, methods, removals };
      const faithfulness = await engine.measureFaithfulness(params);
      const truths = Object.fromEntries(
        removals.map((removal) => [removal, Object.fromEntries(truthsOf(faithfulness, removal))]),
      );
      const measured = { index, photo, question, answer: faithfulness.answer, truths };
      found.push(measured);
      await journal.add(measured);
    } catch (thrown) {
      bar.print(`${photo}, ${question}: ${explained(thrown)}`);
    }
    bar.advance(1, photo);
  }
  bar.end();
  const { shard } = values;
  const sorted = found.toSorted((a, b) => a.index - b.index);
  return { pack, scope, removals, shard, found: sorted, close: () => journal.close() };
}

function reportOf({
  pack,
  shard,
  scope,
  removals,
  questions,
}: Readonly<Record<string, unknown>>): Report | null {
  if (!Array.isArray(questions) || !Array.isArray(removals) || typeof scope !== 'string') return null;
  return {
    pack: String(pack),
    shard: typeof shard === 'string' ? shard : undefined,
    scope: oneOf('scope', scope, SCOPES),
    removals: listOf('removals', removals.join(','), REMOVALS),
    found: questions,
  };
}

function jsonOf({ pack, shard, scope, removals, found }: Report): string {
  return `${JSON.stringify({ pack, shard, scope, removals, questions: found }, null, 1)}\n`;
}
