/** `npm run prove`: whether the page's engine finds what other code finds with the same weights. */
import { parseArgs } from 'node:util';
import { proveReference, SAME } from '../node/prove-reference.ts';
import { runCommand } from './command.ts';
import { required, wholeNumber } from './options.ts';

const USAGE = `npm run prove -- --reference DIR --pack DIR [--threads N]

Runs the page's engine on the photos and questions of a folder of reference outputs and prints a table of how both agree. Exits
with 1 where they do not: ${SAME.iou} of a box, ${SAME.cosine} of features' cosine, ${SAME.difference} of logits and attention, the same tokens and best answers.
A pack in single precision is held to that; what halves and bytes lose is in the table too.
  --reference   what \`python -m models.published.write_reference\` wrote from the published code
  --pack        a pack that \`npm run convert\` made from the same weights`;

const OPTIONS = {
  reference: { type: 'string' },
  pack: { type: 'string' },
  threads: { type: 'string', default: '2' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

await runCommand(USAGE, async () => {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const { photos, questions } = await proveReference(
    required('--reference', values.reference),
    required('--pack', values.pack),
    wholeNumber('--threads', values.threads),
  );
  for (const { photo, regions, inPlace, leastCosine, agrees } of photos) {
    console.log(
      `${verdict(agrees)}  ${photo}: ${inPlace} of ${regions} regions in their place, features’ cosine ${leastCosine.toFixed(6)} at least`,
    );
  }
  for (const { photo, question, hasSameTokens, hasSameBest, logits, attention, agrees } of questions) {
    console.log(
      `${verdict(agrees)}  ${photo} “${question}”: ${hasSameTokens ? 'same' : 'other'} tokens, ${hasSameBest ? 'same' : 'other'} best answer, logits differ by ${logits.toExponential(1)}, attention by ${attention.toExponential(1)}`,
    );
  }
  const agreeing = [...photos, ...questions].filter(({ agrees }) => agrees).length;
  const all = photos.length + questions.length;
  console.log(`${agreeing} of ${all} agree`);
  if (agreeing < all) process.exitCode = 1;
});

function verdict(agrees: boolean): string {
  return agrees ? 'ok  ' : 'FAIL';
}
