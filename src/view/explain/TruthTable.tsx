/** The area under every curve; a row shows its curve while it is pointed at. */
import type { Ranking } from '../../core/explanation.ts';
import { RANKING_NAMES } from '../../session/explanation-words.ts';
import type { AreaOf, RankingScore } from '../../session/truth-words.ts';

const COLUMNS: readonly (Omit<AreaOf, 'area'> & { readonly name: string })[] = [
  { removal: 'mask', direction: 'deletion', name: 'Deletion, as if never found' },
  { removal: 'mask', direction: 'insertion', name: 'Insertion, as if never found' },
  { removal: 'zero-feature', direction: 'deletion', name: 'Deletion, look taken' },
  { removal: 'zero-feature', direction: 'insertion', name: 'Insertion, look taken' },
];

interface TruthTableProps {
  readonly scores: readonly RankingScore[];
  readonly method: Ranking;
  readonly shown: Ranking;
  readonly onPoint: (ranking: Ranking | null) => void;
}

export function TruthTable({ scores, method, shown, onPoint }: TruthTableProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scroller must be within reach of the keyboard
    <section className="scroll truth-table" tabIndex={0} aria-label="Areas under the curves">
      <table>
        <caption>
          Area under each curve, truest order first. Deletion: lower is truer. Insertion: higher is truer.
        </caption>
        <thead>
          <tr>
            <th scope="col">Order</th>
            {COLUMNS.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {scores.map((score) => (
            <tr
              key={score.ranking}
              data-shown={score.ranking === shown}
              onPointerEnter={() => onPoint(score.ranking)}
              onPointerLeave={() => onPoint(null)}
            >
              <th scope="row">
                <button
                  type="button"
                  className="truth-name"
                  aria-pressed={score.ranking === shown}
                  onFocus={() => onPoint(score.ranking)}
                  onBlur={() => onPoint(null)}
                  onClick={() => onPoint(score.ranking)}
                >
                  {RANKING_NAMES[score.ranking]}
                </button>
                {score.ranking === method && ' (on screen)'}
                {score.isBaseline && ' (baseline)'}
              </th>
              {COLUMNS.map(({ name, ...place }) => (
                <AreaCell key={name} place={place} score={score} scores={scores} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface AreaCellProps {
  readonly place: Omit<AreaOf, 'area'>;
  readonly score: RankingScore;
  readonly scores: readonly RankingScore[];
}

function AreaCell({ place, score, scores }: AreaCellProps) {
  const area = areaAt(score, place);
  if (area === null) return <td>–</td>;
  const all = scores.map((each) => areaAt(each, place)).filter((each) => each !== null);
  const best = place.direction === 'deletion' ? Math.min(...all) : Math.max(...all);
  return <td>{area === best ? <strong>{area.toFixed(3)}</strong> : area.toFixed(3)}</td>;
}

function areaAt({ areas }: RankingScore, { removal, direction }: Omit<AreaOf, 'area'>): number | null {
  return areas.find((each) => each.removal === removal && each.direction === direction)?.area ?? null;
}
