/** A photo small enough to travel inside a file. */

/** Long enough for print at a column's width. */
const LONGEST_SIDE = 1600;
const JPEG_QUALITY = 0.85;

/** The upright photo as JPEG in a `data:` address, no side longer than `longest` pixels. */
export async function photoDataUrl(photo: Blob, longest = LONGEST_SIDE): Promise<string> {
  const image = await createImageBitmap(photo, { imageOrientation: 'from-image' });
  const scale = Math.min(1, longest / Math.max(image.width, image.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  const context = canvas.getContext('2d');
  if (!context) throw new Error('The browser gives no canvas to draw the photo on.');
  // JPEG knows no transparency.
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  image.close();
  return canvas.toDataURL('image/jpeg', JPEG_QUALITY);
}
