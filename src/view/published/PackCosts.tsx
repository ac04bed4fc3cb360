/** What is fetched, from where, under which licence, and the room that it all takes. */
import type { OwnFiles, Precision, PublishedPack } from '../../core/published.ts';
import { megabytes } from '../../core/megabytes.ts';
import { fileName } from './own-files.ts';
import { usePackBenchState } from './pack-bench-context.ts';

interface PackCostsProps {
  readonly pack: PublishedPack;
  readonly precision: Precision;
  readonly files: OwnFiles;
}

export function downloadBytes({ sources }: PublishedPack, files: OwnFiles): number {
  return sources
    .filter(({ role }) => files[role] === undefined)
    .reduce((sum, { aboutBytes }) => sum + aboutBytes, 0);
}

export function PackCosts({ pack, precision, files }: PackCostsProps) {
  const shelf = usePackBenchState((state) => state.shelf);
  const needed = downloadBytes(pack, files) + pack.packBytes[precision];
  const free = shelf?.freeBytes ?? null;
  return (
    <section aria-labelledby="costs-title">
      <h3 id="costs-title">What it takes</h3>
      <dl className="pack-costs">
        {pack.sources.map(({ role, name, url, bytes, aboutBytes, sha256, licence }) => {
          const own = files[role];
          return (
            <div key={role}>
              <dt>{name}</dt>
              {own ? (
                <dd>Your file {fileName(own)}</dd>
              ) : (
                <dd>
                  {bytes === null && 'About '}
                  {megabytes(aboutBytes)} from <code>{url}</code>
                  <span className="aside">Licence: {licence}</span>
                  <span className="aside">
                    {sha256 === null
                      ? 'No public record of its hash is known.'
                      : `Checked against SHA-256 ${sha256.slice(0, 16)}…`}
                  </span>
                </dd>
              )}
            </div>
          );
        })}
        <div>
          <dt>Room on this device</dt>
          <dd>
            {megabytes(needed)} while it is made, {megabytes(pack.packBytes[precision])} afterwards
            {free !== null && (
              <span className="aside" data-short={needed > free}>
                {needed > free
                  ? `The browser gives this page only ${megabytes(free)} more: delete something first.`
                  : `The browser gives this page ${megabytes(free)} more.`}
              </span>
            )}
          </dd>
        </div>
      </dl>
    </section>
  );
}
