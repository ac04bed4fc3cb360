/** What the bytes of a file tell about its picture, before anything is decoded. */
import type { ColourSource } from '../colour/colour-source.ts';
import type { ByteEdit } from './byte-edits.ts';

export type ImageKind =
  | 'jpeg'
  | 'png'
  | 'gif'
  | 'webp'
  | 'avif'
  | 'heic'
  | 'bmp'
  | 'tiff'
  | 'svg'
  | 'jpeg-xl'
  | 'jpeg-2000'
  | 'photoshop'
  | 'camera-raw'
  | 'icon'
  | 'unknown';

/** How the stored picture has to be turned, as EXIF numbers it (tag 0x0112); 1: not at all. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

export interface ImageFacts {
  readonly kind: ImageKind;
  /** As stored, before it is turned; null when the header does not reach that far. */
  readonly size: { readonly width: number; readonly height: number } | null;
  readonly animated: boolean;
  /** Four ink channels instead of three colours. */
  readonly cmyk: boolean;
  /** The format has a place for transparency in this file; every pixel may still be opaque. */
  readonly mayBeTransparent: boolean;
  /** The file ends before its picture does, or says so. */
  readonly truncated: boolean;
  readonly orientation: Orientation;
  /** What the stored numbers mean; null for sRGB. */
  readonly colours: ColourSource | null;
  /** What makes of the file one that every decoder gives as it is stored, and with an end. */
  readonly edits: readonly ByteEdit[];
  /** What takes away all that the file says of its colours. */
  readonly colourEdits: readonly ByteEdit[];
  /** The rows of a PNG with an alpha channel of 8 bits; null for any other file. */
  readonly alphaRows: AlphaRows | null;
  /** How to find out how much of a truncated picture is there. */
  readonly rest: Rest | null;
}

/** Deflated rows of interleaved bytes: gray and alpha, or red, green, blue and alpha. */
export interface AlphaRows {
  readonly parts: readonly Uint8Array[];
  readonly channels: 2 | 4;
}

/**
 * `filler`: with these edits a decoder paints nonsense where the picture is not there. `packed-rows`: the rows, deflated,
 * and how many bytes they have when they are all there. `flat-rows`: decoders leave what is missing in one colour.
 */
export type Rest =
  | { readonly by: 'flat-rows' }
  | { readonly by: 'filler'; readonly edits: readonly ByteEdit[] }
  | { readonly by: 'packed-rows'; readonly parts: readonly Uint8Array[]; readonly needed: number };

export type OtherKind = 'web page' | 'PDF document' | 'video' | 'ZIP archive' | 'XML document' | 'text file';

/** `other`: recognised, and no image. What nothing here knows is an image of `unknown` kind: a decoder may know it. */
export type Sniffed =
  { readonly is: 'image'; readonly facts: ImageFacts } | { readonly is: 'other'; readonly kind: OtherKind };

/** Facts of a still, opaque, complete, upright sRGB file; formats override what they know better. */
export function plainFacts(kind: ImageKind, size: ImageFacts['size']): ImageFacts {
  return {
    kind,
    size,
    animated: false,
    cmyk: false,
    mayBeTransparent: false,
    truncated: false,
    orientation: 1,
    colours: null,
    edits: [],
    colourEdits: [],
    alphaRows: null,
    rest: null,
  };
}
