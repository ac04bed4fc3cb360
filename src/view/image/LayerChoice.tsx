/** What lies over the photo. */
export type PhotoLayer = 'regions' | 'attention' | 'photo';

const LAYERS: readonly { readonly layer: PhotoLayer; readonly name: string }[] = [
  { layer: 'regions', name: 'Regions' },
  { layer: 'attention', name: 'Attention' },
  { layer: 'photo', name: 'Photo only' },
];

interface LayerChoiceProps {
  readonly layer: PhotoLayer;
  readonly onLayer: (layer: PhotoLayer) => void;
  readonly hasAttention: boolean;
}

export function LayerChoice({ layer, onLayer, hasAttention }: LayerChoiceProps) {
  return (
    <fieldset className="segments">
      <legend className="visually-hidden">On the photo</legend>
      {LAYERS.map((each) => (
        <label key={each.layer}>
          <input
            type="radio"
            name="photo-layer"
            checked={layer === each.layer}
            disabled={each.layer === 'attention' && !hasAttention}
            onChange={() => onLayer(each.layer)}
          />
          <span>{each.name}</span>
        </label>
      ))}
    </fieldset>
  );
}
