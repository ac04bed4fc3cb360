/** A bar on stderr, on a terminal and nowhere else. */
const WIDTH = 24;
const REDRAW_MS = 100;

export interface ProgressBar {
  advance(by: number, note: string): void;
  /** Prints a line above the bar; without a terminal, just prints it. */
  print(line: string): void;
  end(): void;
}

export function createProgressBar(total: number, stream: NodeJS.WriteStream = process.stderr): ProgressBar {
  const startedMs = performance.now();
  let done = 0;
  let text = '';
  let drawnMs = -Infinity;

  const clear = (): void => {
    if (stream.isTTY) stream.write('\r\u001b[K');
  };
  const draw = (): void => {
    if (!stream.isTTY) return;
    drawnMs = performance.now();
    clear();
    stream.write(barLine(done, total, drawnMs - startedMs, text).slice(0, stream.columns - 1));
  };

  return {
    advance(by, note) {
      done += by;
      text = note;
      if (done === total || performance.now() - drawnMs >= REDRAW_MS) draw();
    },
    print(line) {
      clear();
      stream.write(`${line}\n`);
      draw();
    },
    end: clear,
  };
}

/** Such as `██████░░ 120/160  75 %  4.2/s  10 s left  accuracy 0.512`. */
export function barLine(done: number, total: number, elapsedMs: number, note: string): string {
  const share = total === 0 ? 1 : done / total;
  const filled = Math.round(share * WIDTH);
  const perSecond = (1000 * done) / Math.max(1, elapsedMs);
  const left = done === 0 ? '' : `  ${durationOf((total - done) / perSecond)} left`;
  const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
  return `${bar} ${done}/${total}  ${Math.floor(100 * share)} %  ${perSecond.toFixed(1)}/s${left}  ${note}`;
}

function durationOf(seconds: number): string {
  return seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}
