/** How much of an explanation is text (MM-SHAP, Parcalabescu and Frank 2023), whatever the signs. */
import type { Evidence } from '../core/explanation.ts';

/** 0..1; half when there is no evidence at all. */
export function textShare({ tokens, regions }: Evidence): number {
  const [text, image] = [magnitude(tokens), magnitude(regions)];
  return text + image === 0 ? 0.5 : text / (text + image);
}

function magnitude(values: Float32Array): number {
  return values.reduce((sum, value) => sum + Math.abs(value), 0);
}
