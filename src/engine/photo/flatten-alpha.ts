/**
 * Puts straight (not premultiplied) RGBA on white, in place.
 * @returns whether any pixel was not opaque
 */
export function flattenOnWhite(rgba: Uint8ClampedArray): boolean {
  let hadTransparency = false;
  for (let pixel = 0; pixel < rgba.length; pixel += 4) {
    const alpha = rgba[pixel + 3] ?? 255;
    if (alpha === 255) continue;
    hadTransparency = true;
    const white = 255 - alpha;
    for (let channel = pixel; channel < pixel + 3; channel += 1) {
      rgba[channel] = ((rgba[channel] ?? 0) * alpha) / 255 + white;
    }
    rgba[pixel + 3] = 255;
  }
  return hadTransparency;
}
