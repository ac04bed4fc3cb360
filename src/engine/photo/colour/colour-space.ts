/** Three channels with a curve each and a matrix: what most profiles of cameras, phones and screens are. */

export interface ColourSpace {
  /** For each channel, the linear light of the 256 stored values, 0..1. */
  readonly curves: readonly [Float32Array, Float32Array, Float32Array];
  /** Linear light to linear sRGB, row by row. */
  readonly matrix: readonly number[];
}

/** Steps of linear light that the way back is tabulated in: finer than half a step of any stored value. */
const STEPS = 1 << 14;
const TO_STORED = Uint8ClampedArray.from({ length: STEPS + 1 }, (_, step) => 255 * encodeSrgb(step / STEPS));

export function decodeSrgb(stored: number): number {
  return stored <= 0.040_45 ? stored / 12.92 : ((stored + 0.055) / 1.055) ** 2.4;
}

function encodeSrgb(light: number): number {
  return light <= 0.003_130_8 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
}

export function curveOf(toLight: (stored: number) => number): Float32Array {
  return Float32Array.from({ length: 256 }, (_, stored) => toLight(stored / 255));
}

/** RGBA in place; what sRGB does not have becomes the nearest that it has, channel by channel. */
export function convertToSrgb(rgba: Uint8ClampedArray, { curves, matrix }: ColourSpace): void {
  const [reds, greens, blues] = curves;
  const [a = 1, b = 0, c = 0, d = 0, e = 1, f = 0, g = 0, h = 0, i = 1] = matrix;
  for (let at = 0; at < rgba.length; at += 4) {
    const red = reds[rgba[at]!]!;
    const green = greens[rgba[at + 1]!]!;
    const blue = blues[rgba[at + 2]!]!;
    rgba[at] = storedOf(a * red + b * green + c * blue);
    rgba[at + 1] = storedOf(d * red + e * green + f * blue);
    rgba[at + 2] = storedOf(g * red + h * green + i * blue);
  }
}

function storedOf(light: number): number {
  const step = Math.round(light * STEPS);
  return TO_STORED[step < 0 ? 0 : step > STEPS ? STEPS : step]!;
}

/** Whether no colour would move by more than a step: nearly every photo is sRGB, and many say so at length. */
export function sameAsSrgb(space: ColourSpace): boolean {
  const levels = [0, 32, 96, 160, 224, 255];
  const colours = levels.flatMap((red) =>
    levels.flatMap((green) => levels.flatMap((blue) => [red, green, blue, 255])),
  );
  const converted = Uint8ClampedArray.from(colours);
  convertToSrgb(converted, space);
  return converted.every((value, index) => Math.abs(value - (colours[index] ?? 0)) <= 1);
}
