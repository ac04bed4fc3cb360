/** The area under every curve; a row shows its curve while it is pointed at. */
import { REMOVALS, type Ranking, type Scope } from '../../core/explanation.ts';
import { rankingName, REMOVAL_NAMES } from '../../session/words/explanation-words.ts';
import type { AreaOf, RankingScore } from '../../session/words/faithfulness-words.ts';

const DIRECTIONS = [
  { direction: 'deletion', name: 'Deletion' },
  { direction: 'insertion', name: 'Insertion' },
] as const;

interface TruthTableProps {
  readonly scope: Scope;
  readonly scores: readonly RankingScore[];
  readonly method: Ranking;
  readonly shown: Ranking;
  readonly onPoint: (ranking: Ranking | null) => void;
}

export function TruthTable({ scope, scores, method, shown, onPoint }: TruthTableProps) {
  const columns = REMOVALS.flatMap((removal) =>
    DIRECTIONS.map(({ direction, name }) => ({
      removal,
      direction,
      name: `${name}, ${REMOVAL_NAMES[scope][removal]}`,
    })),
  );
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
            {columns.map(({ name }) => (
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
                  {rankingName(score.ranking)}
                </button>
                {score.ranking === method && ' (on screen)'}
                {score.isBaseline && ' (baseline)'}
              </th>
              {columns.map(({ name, ...place }) => (
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
