/** One count over everything that is downloaded and written, which never falls though totals become known one by one. */
import { PUBLISHED_ROLES, type MakeProgress, type PublishedRole } from '../../core/published.ts';

export interface ProgressCount {
  /** @param host it comes from */
  downloading(
    role: PublishedRole,
    stage: 'check' | 'receive',
    bytes: number,
    total: number | null,
    host: string,
  ): void;
  converting(written: number, total: number, file: string): void;
  /** Everything is written, and the pack's self-test is worked out. */
  recording(): void;
  /** What the precision changed is worked out. */
  measuring(): void;
  finished(): void;
}

/**
 * @param downloads bytes of each checkpoint that is fetched, as far as they are known
 * @param packBytes of the made pack, about
 */
export function countProgress(
  downloads: Readonly<Partial<Record<PublishedRole, number>>>,
  packBytes: number,
  onProgress: ((progress: MakeProgress) => void) | undefined,
): ProgressCount {
  const totals = new Map(PUBLISHED_ROLES.map((role) => [role, downloads[role] ?? 0]));
  const received = new Map<PublishedRole, number>();
  let toWrite = packBytes;
  let share = 0;
  let subject = '';
  const report = (stage: MakeProgress['stage'], doneBytes: number): void => {
    const totalBytes = sum(totals.values()) + toWrite;
    share = Math.max(share, Math.min(1, doneBytes / Math.max(1, totalBytes)));
    onProgress?.({ stage, subject, doneBytes: Math.round(share * totalBytes), totalBytes });
  };
  return {
    downloading(role, stage, bytes, total, host) {
      received.set(role, bytes);
      totals.set(role, total ?? totals.get(role) ?? 0);
      subject = host;
      report(stage === 'check' ? 'check' : 'download', sum(received.values()));
    },
    converting(written, total, file) {
      toWrite = total;
      subject = file;
      report('convert', sum(received.values()) + written);
    },
    recording() {
      report('self-test', 0);
    },
    measuring() {
      report('measure', 0);
    },
    finished() {
      share = 1;
      report('finish', 0);
    },
  };
}

function sum(numbers: Iterable<number>): number {
  return [...numbers].reduce((whole, part) => whole + part, 0);
}
