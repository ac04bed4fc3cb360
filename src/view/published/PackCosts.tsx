/** What is fetched, from where, under which licence, and the room that it all takes. */
import type {
  OwnFiles,
  PublishedAddresses,
  PublishedPack,
  PublishedSource,
  StoredAs,
} from '../../core/published.ts';
import { megabytes } from '../../core/megabytes.ts';
import { fileName } from './own-files.ts';
import { usePackBenchState } from './pack-bench-context.ts';

interface PackCostsProps extends StoredAs {
  readonly pack: PublishedPack;
  readonly files: OwnFiles;
  readonly addresses: PublishedAddresses;
}

/** What has to come from the web. */
export function fetchedSources({ sources }: PublishedPack, files: OwnFiles): readonly PublishedSource[] {
  return sources.filter(({ role }) => files[role] === undefined);
}

export function PackCosts({ pack, precision, exactDetector, files, addresses }: PackCostsProps) {
  const shelf = usePackBenchState((state) => state.shelf);
  const fetched = fetchedSources(pack, files).reduce((sum, { aboutBytes }) => sum + aboutBytes, 0);
  const made =
    pack.packBytes[precision] + (exactDetector && precision !== 'fp32' ? pack.exactDetectorBytes : 0);
  const needed = fetched + made;
  const free = shelf?.freeBytes ?? null;
  return (
    <section aria-labelledby="costs-title">
      <h3 id="costs-title">What it takes</h3>
      <dl className="pack-costs">
        {pack.sources.map((source) => {
          const own = files[source.role];
          return (
            <div key={source.role}>
              <dt>{source.name}</dt>
              {own ? (
                <dd>Your file {fileName(own)}</dd>
              ) : (
                <FetchedSource source={source} entered={addresses[source.role]} />
              )}
            </div>
          );
        })}
        <div>
          <dt>Room on this device</dt>
          <dd>
            {megabytes(needed)} while it is made, {megabytes(made)} afterwards
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

interface FetchedSourceProps {
  readonly source: PublishedSource;
  /** The person's own address. */
  readonly entered: string | undefined;
}

/** Every address that may be asked stands here before the person agrees. */
function FetchedSource({ source, entered }: FetchedSourceProps) {
  const { bytes, aboutBytes, sha256, licence, urls } = source;
  const [first, ...others] = entered === undefined ? urls : [entered, ...urls];
  return (
    <dd>
      {bytes === null && 'About '}
      {megabytes(aboutBytes)} from <code>{first}</code>
      {others.map((url) => (
        <span key={url}>
          , or where that fails from <code>{url}</code>
        </span>
      ))}
      <span className="aside">Licence: {licence}</span>
      <span className="aside">
        {sha256 === null
          ? 'No public record of its hash is known.'
          : `Checked against SHA-256 ${sha256.slice(0, 16)}…`}
      </span>
    </dd>
  );
}
