/** What the first bytes of a file tell about it, before anything is decoded. */

export type ImageKind = 'jpeg' | 'png' | 'gif' | 'webp' | 'avif' | 'heic' | 'bmp' | 'tiff' | 'svg';

export interface ImageFacts {
  readonly kind: ImageKind;
  /** As stored, before EXIF orientation; null when the header does not reach that far. */
  readonly size: { readonly width: number; readonly height: number } | null;
  readonly animated: boolean;
  /** Four ink channels instead of three colours. */
  readonly cmyk: boolean;
  /** The format has a place for transparency in this file; every pixel may still be opaque. */
  readonly mayBeTransparent: boolean;
  /** The file ends before its picture does. */
  readonly truncated: boolean;
}

export type OtherKind = 'web page' | 'PDF document' | 'video' | 'ZIP archive' | 'XML document' | 'text file';

/** `other`: recognised, and no image. `unknown`: none of the formats known here. */
export type Sniffed =
  | { readonly is: 'image'; readonly facts: ImageFacts }
  | { readonly is: 'other'; readonly kind: OtherKind }
  | { readonly is: 'unknown' };

/** Facts of a still, opaque, complete RGB file; formats override what they know better. */
export function plainFacts(kind: ImageKind, size: ImageFacts['size']): ImageFacts {
  return { kind, size, animated: false, cmyk: false, mayBeTransparent: false, truncated: false };
}
