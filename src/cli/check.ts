/** `npm test`: runs every `check:*` script of package.json, also after one has failed, and adds up their tests. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const PROJECT_FOLDER = resolve(import.meta.dirname, '../..');
const REPORTS_FOLDER = join(PROJECT_FOLDER, '.cache/reports');

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

interface CheckResult extends Counts {
  readonly name: string;
  readonly seconds: number;
}

interface UnitReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
}

interface BrowserSuite {
  readonly suites?: readonly BrowserSuite[];
  readonly specs: readonly {
    readonly tests: readonly {
      readonly annotations: readonly { readonly type: string; readonly description?: string }[];
    }[];
  }[];
}

interface BrowserReport {
  readonly suites: readonly BrowserSuite[];
  readonly stats: { readonly expected: number; readonly flaky: number; readonly unexpected: number };
}

function reportText(name: string): string {
  return readFileSync(join(REPORTS_FOLDER, `${name}.json`), 'utf8');
}

/** A check without tests of its own counts as one. */
const COUNTERS: Readonly<Record<string, () => Counts>> = {
  unit() {
    const report: UnitReport = JSON.parse(reportText('unit'));
    return { passed: report.numPassedTests, failed: report.numFailedTests };
  },
  browser() {
    const { stats }: BrowserReport = JSON.parse(reportText('browser'));
    // A busy machine can make a test run over its time; one undisturbed try is enough.
    return { passed: stats.expected + stats.flaky, failed: stats.unexpected };
  },
};

/** What the browser tests left out, and why: an engine that is not on this machine. */
function leftOut(): ReadonlySet<string> {
  const reasons = new Set<string>();
  const collect = ({ suites = [], specs }: BrowserSuite) => {
    for (const { annotations } of specs.flatMap(({ tests }) => tests)) {
      for (const { type, description } of annotations) {
        if (type === 'skip' && description !== undefined) reasons.add(description);
      }
    }
    suites.forEach(collect);
  };
  const report: BrowserReport = JSON.parse(reportText('browser'));
  report.suites.forEach(collect);
  return reasons;
}

function countTests(name: string, succeeded: boolean): Counts {
  const whole = succeeded ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  const count = COUNTERS[name];
  if (!count) return whole;
  try {
    const counts = count();
    // A runner can fail outside of its tests: a file that does not load, a server that does not start.
    return succeeded ? counts : { ...counts, failed: Math.max(1, counts.failed) };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

function runCheck(script: string): CheckResult {
  const name = script.slice('check:'.length);
  const startedMs = performance.now();
  console.log(`\n── ${name}`);
  const { status } = spawnSync('npm', ['run', '--silent', script], {
    cwd: PROJECT_FOLDER,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  const seconds = (performance.now() - startedMs) / 1000;
  return { name, seconds, ...countTests(name, status === 0) };
}

const manifest: { readonly scripts: Readonly<Record<string, string>> } = JSON.parse(
  readFileSync(join(PROJECT_FOLDER, 'package.json'), 'utf8'),
);

// A report of an earlier run must not stand for a check that crashed before it wrote its own.
rmSync(REPORTS_FOLDER, { recursive: true, force: true });
mkdirSync(REPORTS_FOLDER, { recursive: true });

const results = Object.keys(manifest.scripts)
  .filter((script) => script.startsWith('check:'))
  .map((script) => runCheck(script));

console.log('');
for (const { name, passed, failed, seconds } of results) {
  const counts = `${String(passed).padStart(4)} passed ${String(failed).padStart(4)} failed`;
  console.log(`${name.padEnd(8)} ${counts} ${seconds.toFixed(1).padStart(7)} s`);
}

try {
  for (const reason of leftOut()) console.log(`Left out: ${reason}.`);
} catch {
  // Without a report the browser tests have failed, and that is said below.
}
const failures = results.filter(({ failed }) => failed > 0);
console.log(
  failures.length === 0 ? 'Every check passed.' : `Failed: ${failures.map(({ name }) => name).join(', ')}.`,
);
const total: Counts = {
  passed: results.reduce((sum, { passed }) => sum + passed, 0),
  failed: results.reduce((sum, { failed }) => sum + failed, 0),
};
writeFileSync(join(REPORTS_FOLDER, 'checks.json'), JSON.stringify(total));
process.exitCode = failures.length === 0 ? 0 : 1;
