/** Colours of single weights: words, lists, cells. */
import { attentionCss, evidenceCss, inkOn, inkOnEvidence } from './color-map.ts';

/** The part of a 2D canvas context that painting needs. */
export interface Pen {
  fillStyle: CanvasRenderingContext2D['fillStyle'];
  fillRect(x: number, y: number, width: number, height: number): void;
}

/** A scale that ends at `highest`, and where weights are signed begins at its negative. */
export interface HeatScale {
  readonly highest: number;
  readonly isSigned?: boolean;
}

export function heatCss(weight: number, { highest, isSigned = false }: HeatScale): string {
  return isSigned ? evidenceCss(evidenceOf(weight, highest)) : attentionCss(shareOf(weight, highest));
}

/** Black or white, whichever can be read on `heatCss`. */
export function heatInk(weight: number, { highest, isSigned = false }: HeatScale): string {
  return isSigned ? inkOnEvidence(evidenceOf(weight, highest)) : inkOn(shareOf(weight, highest));
}

function evidenceOf(weight: number, highest: number): number {
  return Math.sign(weight) * shareOf(Math.abs(weight), highest);
}

/** Where `weight` stands on a scale that ends at `highest`, 0..1. */
export function shareOf(weight: number, highest: number): number {
  return highest > 0 ? Math.min(1, Math.max(0, weight / highest)) : 0;
}
