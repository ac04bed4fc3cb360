/** Chooses what lies over the photo: keys side by side where there is room, else a menu. */
import type { PhotoLayer } from '../../session/inquiry/lab-state.ts';
import { Segments } from '../Segments.tsx';
import { useWide } from '../bench/use-wide.ts';

const LAYERS: readonly { readonly layer: PhotoLayer; readonly name: string }[] = [
  { layer: 'why', name: 'Why' },
  { layer: 'attention', name: 'Attention' },
  { layer: 'regions', name: 'Regions' },
  { layer: 'photo', name: 'Photo only' },
];

const LEGEND = 'On the photo';

/** Whether there is anything to show, null where there never is; regions and the photo itself always are there. */
export interface AvailableLayers {
  readonly why: boolean;
  readonly attention: boolean | null;
}

interface LayerChoiceProps {
  readonly layer: PhotoLayer;
  readonly onLayer: (layer: PhotoLayer) => void;
  readonly available: AvailableLayers;
}

export function LayerChoice({ layer, onLayer, available }: LayerChoiceProps) {
  const isWide = useWide();
  const isThere = { ...available, regions: true, photo: true };
  const options = LAYERS.filter((each) => isThere[each.layer] !== null).map((each) => ({
    value: each.layer,
    name: each.name,
    isDisabled: isThere[each.layer] === false,
  }));
  if (isWide) return <Segments legend={LEGEND} options={options} chosen={layer} onChoose={onLayer} />;
  return (
    <select
      className="layer-choice"
      aria-label={LEGEND}
      value={layer}
      onChange={({ target }) => {
        const chosen = LAYERS.find((each) => each.layer === target.value);
        if (chosen) onLayer(chosen.layer);
      }}
    >
      {options.map(({ value, name, isDisabled }) => (
        <option key={value} value={value} disabled={isDisabled}>
          {name}
        </option>
      ))}
    </select>
  );
}
