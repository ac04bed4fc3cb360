/** Every region in words, linked with the photo both ways, with a filter. */
import type { Scene } from '../../core/types.ts';
import { percent } from '../../core/percent.ts';
import { heatCss, shareOf } from '../../draw/heatmap.ts';
import { useRovingFocus } from '../roving-focus.ts';
import { useActions, useSessionState } from '../session-context.ts';
import { weightAmount, type RegionWeights } from '../../draw/rank-regions.ts';
import { matchesFilter } from '../../core/region-name.ts';

const NAMED_ATTRIBUTES = 3;
/** Part of the attention scale from which an entry stands out. */
const MUCH_ATTENDED = 0.5;

interface RegionListProps {
  readonly scene: Scene;
  readonly attention: RegionWeights | null;
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
}

export function RegionList({ scene, attention, filter, onFilter }: RegionListProps) {
  const { focusOn } = useActions();
  const focus = useSessionState((state) => state.focus);
  const entries = scene.regions
    .map((region, index) => ({ region, index }))
    .filter(({ region }) => matchesFilter(region, filter));
  const roving = useRovingFocus(entries.length);

  return (
    <section className="regions" aria-labelledby="regions-title">
      <header className="section-head">
        <h2 id="regions-title">What it found</h2>
        <label className="field inline">
          <span>Filter</span>
          <input
            type="search"
            value={filter}
            placeholder="cup, red…"
            onChange={(event) => onFilter(event.target.value)}
          />
        </label>
        <p className="count" aria-live="polite">
          {entries.length} of {scene.regions.length}
        </p>
      </header>
      <ul className="region-list" {...roving.group}>
        {entries.map(({ region, index }, position) => {
          const isPointed = focus.kind === 'region' && focus.index === index;
          const weight = attention?.weights[index];
          const share = attention && weight !== undefined ? shareOf(Math.abs(weight), attention.highest) : 0;
          return (
            <li key={index}>
              <button
                type="button"
                className="region-entry"
                data-pointed={isPointed}
                data-attended={share > MUCH_ATTENDED}
                aria-pressed={isPointed && focus.locked}
                {...roving.item(position)}
                onPointerEnter={() => focusOn({ kind: 'region', index, locked: false })}
                onPointerLeave={() => focusOn({ kind: 'none' })}
                onFocus={() => focusOn({ kind: 'region', index, locked: false })}
                onBlur={() => focusOn({ kind: 'none' })}
                onClick={() => focusOn({ kind: 'region', index, locked: true })}
              >
                <span className="region-number" aria-hidden="true">
                  {index + 1}
                </span>
                <span className="region-words">
                  <span className="region-label-word">{region.label}</span>{' '}
                  <span className="region-attributes">
                    {region.attributes
                      .slice(0, NAMED_ATTRIBUTES)
                      .map(({ label }) => label)
                      .join(', ')}
                  </span>
                </span>
                <span className="region-score">{percent(region.score)}</span>
                {attention && weight !== undefined && (
                  <span className="region-weight" style={{ '--swatch': heatCss(weight, attention) }}>
                    <span className="visually-hidden">{attention.noun ?? 'attention'} </span>
                    {weightAmount(attention, index)}
                  </span>
                )}
              </button>
            </li>
          );
        })}
      </ul>
      {entries.length === 0 && <p className="aside">No region matches “{filter}”.</p>}
    </section>
  );
}
