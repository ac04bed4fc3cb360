/** What the bench of the published LXMERT prints. */
import { median } from '../median.ts';

/** One question in every contestant, milliseconds. */
export interface FullRound {
  readonly tokens: number;
  readonly wasm: number;
  readonly native: number;
  readonly torchWhole: number;
  readonly torchFurther: number;
}

/** How far the pack's logits are from PyTorch's. */
export interface Loss {
  readonly largest: number;
  readonly spread: number;
  readonly sameBest: number;
  readonly questions: number;
}

export interface FullReport {
  readonly precision: string;
  readonly cpu: string;
  readonly threads: number;
  readonly weights: string;
  readonly rounds: readonly FullRound[];
  readonly loss: Loss;
}

/** WASM is to take at most this part of PyTorch's time. */
const TARGET = 0.75;

const COLUMNS = [
  ['wasm', 'WASM'],
  ['native', 'native'],
  ['torchWhole', 'PyTorch'],
  ['torchFurther', 'kept'],
] as const;

type Medians = Readonly<Record<(typeof COLUMNS)[number][0], number>>;

function mediansOf(rounds: readonly FullRound[]): Medians {
  const of = (name: (typeof COLUMNS)[number][0]): number => median(rounds.map((round) => round[name]));
  return {
    wasm: of('wasm'),
    native: of('native'),
    torchWhole: of('torchWhole'),
    torchFurther: of('torchFurther'),
  };
}

function line(label: string, found: Medians): string {
  const times = COLUMNS.map(([name]) => found[name].toFixed(0).padStart(9)).join('');
  const whole = (found.wasm / found.torchWhole).toFixed(2).padStart(10);
  const kept = (found.wasm / found.torchFurther).toFixed(2).padStart(10);
  return label.padEnd(10) + times + whole + kept;
}

export function printFullReport(report: FullReport, asJson: boolean): void {
  const { precision, cpu, threads, weights, rounds, loss } = report;
  const all = mediansOf(rounds);
  if (asJson) {
    console.log(JSON.stringify({ ...report, medians: all }, null, 2));
    return;
  }
  const counts = [...new Set(rounds.map(({ tokens }) => tokens))];
  console.log(`LXMERT at full size in ${precision}, ${weights}, on ${cpu}`);
  console.log(
    `One further question on a photo: medians in milliseconds over ${rounds.length / counts.length} rounds, ${threads} threads each, taking turns.`,
  );
  const heads = COLUMNS.map(([, head]) => head.padStart(9)).join('');
  console.log(`\n${'tokens'.padEnd(10)}${heads}${'/PyTorch'.padStart(10)}${'/kept'.padStart(10)}`);
  for (const count of counts) {
    console.log(line(String(count), mediansOf(rounds.filter(({ tokens }) => tokens === count))));
  }
  console.log(line('all', all));
  console.log(
    '\nWASM: in a page. native: ONNX Runtime in Node, the same graphs. PyTorch: transformers, single precision, which\nhas no way to keep a photo. kept: its encoders called one by one, the vision states of the photo kept.',
  );
  const ratio = all.wasm / all.torchWhole;
  console.log(
    `Target: at most ${TARGET} of PyTorch's time. ${ratio <= TARGET ? 'Reached' : 'Missed'}: ${ratio.toFixed(2)}.`,
  );
  console.log(
    `Loss by ${precision}: logits differ from PyTorch's by ${loss.largest.toPrecision(2)} at most (they spread by ${loss.spread.toPrecision(2)}), the same best answer for ${loss.sameBest} of ${loss.questions} questions.`,
  );
}
