/** What stands in for a photo that a recording was made without. */
import type { Recording } from './recording.ts';

const INK = '#8a8a8a';

/** The recorded thumbnail, or a plain ground of the photo's proportions to lay the regions on. */
export function photoOf({ photo, scene }: Recording): Blob {
  if (photo.thumbnail) return photo.thumbnail;
  const { width, height } = scene.size;
  const step = Math.max(width, height) / 40;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
<defs><pattern id="hatch" width="${step}" height="${step}" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<path d="M0 0V${step}" stroke="${INK}" stroke-opacity=".35" stroke-width="${step / 8}"/></pattern></defs>
<rect width="100%" height="100%" fill="${INK}" fill-opacity=".12"/><rect width="100%" height="100%" fill="url(#hatch)"/></svg>`;
  return new Blob([svg], { type: 'image/svg+xml' });
}
