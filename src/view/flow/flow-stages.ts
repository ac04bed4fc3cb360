/** The model's layers in the order in which an answer comes about. */
import type { AttentionMaps, AttentionModule } from '../../core/types.ts';

/** One layer of one module; a stamp in the picture. */
export interface FlowLayer {
  readonly module: AttentionModule;
  readonly layer: number;
}

/** What happens side by side in the two streams. */
export interface FlowStage {
  readonly title: string;
  readonly words: readonly FlowLayer[];
  readonly regions: readonly FlowLayer[];
}

/** First each stream alone; then for each cross layer, each looks at the other and after that at itself. */
export function flowStages({ language, vision, textToRegion }: AttentionMaps): readonly FlowStage[] {
  const alone: FlowStage = {
    title: 'Each alone',
    words: everyLayer('language', language.dims[0]),
    regions: everyLayer('vision', vision.dims[0]),
  };
  const crossing = Array.from({ length: textToRegion.dims[0] }, (_, layer): FlowStage => ({
    title: `Crossing ${layer + 1}`,
    words: [
      { module: 'textToRegion', layer },
      { module: 'textSelf', layer },
    ],
    regions: [
      { module: 'regionToText', layer },
      { module: 'regionSelf', layer },
    ],
  }));
  return [alone, ...crossing];
}

export function layersOf({ words, regions }: FlowStage): readonly FlowLayer[] {
  return words.concat(regions);
}

export function isSameLayer(a: FlowLayer | null, b: FlowLayer | null): boolean {
  return a?.module === b?.module && a?.layer === b?.layer;
}

function everyLayer(module: AttentionModule, count: number): readonly FlowLayer[] {
  return Array.from({ length: count }, (_, layer) => ({ module, layer }));
}
