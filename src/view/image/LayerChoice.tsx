/** Chooses what lies over the photo. */
import type { PhotoLayer } from '../../session/lab-state.ts';

const LAYERS: readonly { readonly layer: PhotoLayer; readonly name: string }[] = [
  { layer: 'regions', name: 'Regions' },
  { layer: 'why', name: 'Why' },
  { layer: 'attention', name: 'Attention' },
  { layer: 'photo', name: 'Photo only' },
];

/** Whether there is anything to show; regions and the photo itself always are there. */
export interface AvailableLayers {
  readonly why: boolean;
  readonly attention: boolean;
}

interface LayerChoiceProps {
  readonly layer: PhotoLayer;
  readonly onLayer: (layer: PhotoLayer) => void;
  readonly available: AvailableLayers;
}

export function LayerChoice({ layer, onLayer, available }: LayerChoiceProps) {
  return (
    <fieldset className="segments">
      <legend className="visually-hidden">On the photo</legend>
      {LAYERS.map((each) => (
        <label key={each.layer}>
          <input
            type="radio"
            name="photo-layer"
            checked={layer === each.layer}
            disabled={(each.layer === 'why' || each.layer === 'attention') && !available[each.layer]}
            onChange={() => onLayer(each.layer)}
          />
          <span>{each.name}</span>
        </label>
      ))}
    </fieldset>
  );
}
