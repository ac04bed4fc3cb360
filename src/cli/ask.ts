/** `npm run ask`: one question about one photo, answered by the page's engine in Node. */
import { parseArgs } from 'node:util';
import { doubtSentence } from '../core/pack/doubt-sentence.ts';
import { weightPercent } from '../core/percent.ts';
import type { Prediction, Scene } from '../core/types.ts';
import { runCommand, UsageError, usageOf } from './command.ts';
import { openNodeEngine } from '../node/open-node-engine.ts';
import { readPhoto } from '../node/read-photo.ts';

const USAGE = `npm run ask -- --pack DIR PHOTO "QUESTION" [--json]

Prints the five best answers, what speaks against the first, then the regions that were found.`;

const OPTIONS = {
  pack: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const TOP = 5;

await runCommand(USAGE, async () => {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  if (values.help) {
    console.log(usageOf(USAGE));
    return;
  }
  const [photo, question, ...rest] = positionals;
  if (values.pack === undefined) throw new UsageError('--pack is missing');
  if (photo === undefined || question === undefined || rest.length > 0) {
    throw new UsageError(`${positionals.length} arguments, must be 2: a photo and a question in quotes`);
  }
  const engine = await openNodeEngine(values.pack);
  const scene = await engine.detect({ imageId: photo, image: await readPhoto(photo) });
  const prediction = await engine.ask({ imageId: photo, question });
  console.log(values.json ? jsonOf(photo, scene, prediction) : textOf(scene, prediction));
});

function jsonOf(
  photo: string,
  scene: Scene,
  { question, answers, confidence, tokens, overflow, timings }: Prediction,
): string {
  const { size, regions, notices } = scene;
  const timingsMs = { ...scene.timings, ...timings };
  const result = {
    photo,
    question,
    answers: answers.slice(0, TOP),
    confidence,
    doubt: doubtSentence({ confidence, overflow }),
    size,
    regions,
    notices,
    tokens,
    overflow,
    timingsMs,
  };
  return JSON.stringify(result, null, 1);
}

function textOf({ size, regions }: Scene, { answers, confidence, overflow }: Prediction): string {
  const doubt = doubtSentence({ confidence, overflow });
  return [
    table(
      ['answer', 'score'],
      answers.slice(0, TOP).map(({ answer, score }) => [answer, weightPercent(score)]),
    ),
    ...(doubt === null ? [] : [doubt]),
    table(
      ['region', 'score', 'x', 'y', 'width', 'height', 'attributes'],
      regions.map(({ box, label, score, attributes }) => [
        label,
        weightPercent(score),
        pixels(box.xmin, size.width),
        pixels(box.ymin, size.height),
        pixels(box.xmax - box.xmin, size.width),
        pixels(box.ymax - box.ymin, size.height),
        attributes.map((attribute) => attribute.label).join(', '),
      ]),
    ),
  ].join('\n\n');
}

/** Columns as wide as their widest cell; the first and the last to the left, numbers to the right. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const lineOf = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        const isText = column === 0 || head[column] === 'attributes';
        return isText ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd();
  return [head, ...rows].map(lineOf).join('\n');
}

function pixels(fraction: number, side: number): string {
  return String(Math.round(fraction * side));
}
