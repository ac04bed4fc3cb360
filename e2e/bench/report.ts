/** The bench's numbers as a table for people, or as JSON. */
import type { FirstVisit } from './first-visit.ts';
import type { Measure, Samples } from './measure.ts';
import { median } from './median.ts';

/** One number of threads, in the browser and in native ONNX Runtime. */
export interface Column {
  readonly threads: number;
  readonly browser: {
    readonly firstLoadMs: number;
    readonly cachedLoadMs: number;
    readonly samples: Samples;
  };
  readonly native: { readonly loadMs: number; readonly samples: Samples };
}

export interface BenchReport {
  readonly pack: string;
  readonly cpu: string;
  readonly photos: number;
  readonly rounds: number;
  readonly columns: readonly Column[];
  readonly firstVisit: FirstVisit & { readonly pageScriptBytes: number };
}

interface Row {
  readonly what: string;
  readonly browserMs: number;
  readonly nativeMs: number;
}

export const MEASURES: readonly (readonly [Measure, string])[] = [
  ['detect', 'detection of a photo'],
  ['detectGraphs', '  its graphs'],
  ['firstQuestion', 'first question'],
  ['firstQuestionGraphs', '  its graphs'],
  ['furtherQuestion', 'further question'],
  ['furtherQuestionGraphs', '  its graphs'],
  ['explanation', 'picture of why'],
];

function rowsOf({ browser, native }: Column): Row[] {
  return [
    { what: 'pack load, first visit', browserMs: browser.firstLoadMs, nativeMs: native.loadMs },
    { what: 'pack load, cached', browserMs: browser.cachedLoadMs, nativeMs: native.loadMs },
    ...MEASURES.map(([measure, what]) => ({
      what,
      browserMs: median(browser.samples[measure]),
      nativeMs: median(native.samples[measure]),
    })),
  ];
}

function milliseconds(value: number): string {
  return value < 100 ? value.toFixed(1) : value.toFixed(0);
}

function printTable({ pack, cpu, photos, rounds, columns, firstVisit }: BenchReport): void {
  console.log(`${pack} on ${cpu}`);
  console.log(`Medians in milliseconds over ${rounds} rounds of ${photos} photos, engines taking turns.`);
  for (const column of columns) {
    const { threads } = column;
    const heading = `WASM in the browser, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
    console.log(
      `\n${heading.padEnd(34)}${'browser'.padStart(9)}${'native'.padStart(9)}${'ratio'.padStart(8)}`,
    );
    for (const { what, browserMs, nativeMs } of rowsOf(column)) {
      const ratio = (browserMs / nativeMs).toFixed(2);
      console.log(
        `${what.padEnd(34)}${milliseconds(browserMs).padStart(9)}${milliseconds(nativeMs).padStart(9)}${ratio.padStart(8)}`,
      );
    }
  }
  const { transferredBytes, answeredMs, pageScriptBytes } = firstVisit;
  console.log(`\nA first visit transfers ${(transferredBytes / 1e6).toFixed(1)} MB before its first answer,`);
  console.log(`which comes ${(answeredMs / 1000).toFixed(1)} s after the page was opened.`);
  console.log(
    `JavaScript of the page without ONNX Runtime: ${(pageScriptBytes / 1000).toFixed(0)} kB gzipped.`,
  );
}

export function printReport(report: BenchReport, asJson: boolean): void {
  if (!asJson) {
    printTable(report);
    return;
  }
  const columns = report.columns.map((column) => ({ threads: column.threads, rows: rowsOf(column) }));
  console.log(JSON.stringify({ ...report, columns }, null, 2));
}
