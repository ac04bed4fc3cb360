/** How weights are laid over a photo. */

/**
 * `spotlight`: what did not matter goes dark. `heat`: one hue, the more opaque the more it mattered. `signed`: orange for
 * the answer, blue against it. `outlines`: nothing but lines around the strongest things.
 */
export const PICTURE_MODES = ['spotlight', 'heat', 'signed', 'outlines'] as const;

export type PictureMode = (typeof PICTURE_MODES)[number];

export const PICTURE_MODE_NAMES: Readonly<Record<PictureMode, string>> = {
  spotlight: 'Spotlight',
  heat: 'Heat',
  signed: 'For and against',
  outlines: 'Outlines',
};
