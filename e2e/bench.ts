/** `npm run bench`: a pack in a real browser; `--full`: the published LXMERT against PyTorch; `--full --page`: made and used in the page; `--growth`: what grows with use. */
import { parseArgs } from 'node:util';
import { benchGrowth } from './bench/bench-growth.ts';
import { benchPack } from './bench/bench-pack.ts';
import { benchFull } from './bench/full/bench-full.ts';
import { benchMade } from './bench/full/bench-made.ts';

const { values } = parseArgs({
  options: {
    pack: { type: 'string', default: 'public/packs/everyday' },
    rounds: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    page: { type: 'boolean', default: false },
    growth: { type: 'boolean', default: false },
    precision: { type: 'string', default: 'int8' },
    lxmert: { type: 'string' },
  },
});

const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) {
  throw new RangeError(`--rounds must be a whole number of at least 1, got ${values.rounds}`);
}

/** Standard output is for the report. */
function say(text: string): void {
  console.error(text);
}

const { pack, json, precision, lxmert } = values;
if (values.growth) await benchGrowth({ pack, say });
else if (!values.full) await benchPack({ pack, rounds, json, say });
else if (values.page) await benchMade({ precision, lxmert, json, say });
else await benchFull({ rounds, precision, lxmert, json, say });
