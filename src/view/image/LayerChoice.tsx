/** Chooses what lies over the photo. */
import type { PhotoLayer } from '../../session/inquiry/lab-state.ts';
import { Segments } from '../Segments.tsx';

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
    <Segments
      legend="On the photo"
      options={LAYERS.map((each) => ({
        value: each.layer,
        name: each.name,
        isDisabled: (each.layer === 'why' || each.layer === 'attention') && !available[each.layer],
      }))}
      chosen={layer}
      onChoose={onLayer}
    />
  );
}
