/** What a file says of its colours, in the ways in which files say it. */
import { inflate } from '../inflate.ts';
import { convertToSrgb, sameAsSrgb, type ColourSpace } from './colour-space.ts';
import { readIccProfile } from './icc-profile.ts';
import { colourSpaceOf, type Chromaticities } from './chromaticities.ts';

export type ColourSource =
  /** In a way that nothing here reads. */
  | { readonly by: 'other' }
  | { readonly by: 'profile'; readonly profile: Uint8Array; readonly isDeflated: boolean }
  /** CIE xy of red, green, blue and white, and the exponent that makes stored numbers linear; null as sRGB has it. */
  | { readonly by: 'chromaticities'; readonly chromaticities: Chromaticities; readonly gamma: number | null };

/**
 * `srgb`: the stored numbers are what is wanted. `foreign`: a table of colours, of inks, or something damaged, which is
 * better left to the decoder. Otherwise what turns RGBA to sRGB in place.
 */
export type Meaning = 'srgb' | 'foreign' | ((rgba: Uint8ClampedArray) => void);

export async function meaningOf(source: ColourSource): Promise<Meaning> {
  const space = await spaceOf(source);
  if (space === null) return 'foreign';
  return sameAsSrgb(space) ? 'srgb' : (rgba) => convertToSrgb(rgba, space);
}

async function spaceOf(source: ColourSource): Promise<ColourSpace | null> {
  if (source.by === 'other') return null;
  if (source.by === 'chromaticities') return colourSpaceOf(source.chromaticities, source.gamma);
  const profile = source.isDeflated ? await inflate(source.profile) : source.profile;
  return readIccProfile(profile);
}
