/** What may be written on the tag, and what each value means. */
import type { ExplanationMethod } from '../core/explanation.ts';
import { METHOD_IDS } from '../explain/registry.ts';
import { PICTURE_MODES } from '../core/picture.ts';
import type { BackendChoice } from '../core/types.ts';

/** Every attribute of the element; a property of the same name (`ownPhotos` for `own-photos`) mirrors it. */
export const ATTRIBUTES = [
  'alt',
  'backend',
  'explain',
  'own-photos',
  'pack',
  'picture',
  'question',
  'record',
  'reveal',
  'src',
  'theme',
  'worker',
] as const;

export type AttributeName = (typeof ATTRIBUTES)[number];

/**
 * When the models are fetched. `auto`: as soon as the element is near the visible part of the page; where the visitor
 * asks to save data, as `interaction`. `interaction`: when the visitor presses the button, or a script calls `load`
 * or `ask`.
 */
export type Reveal = 'auto' | 'interaction';

/** `auto`: as the page around it, by its CSS `color-scheme`. */
export type Theme = 'auto' | 'light' | 'dark';

/** What is laid over the photo: `none`, a method's id, or `auto` for the pack's default. */
export type Explain = ExplanationMethod;

export const EXPLAINS: readonly Explain[] = ['none', 'auto', ...METHOD_IDS];

const REVEALS: readonly Reveal[] = ['auto', 'interaction'];
const THEMES: readonly Theme[] = ['auto', 'light', 'dark'];
const BACKENDS: readonly BackendChoice[] = ['auto', 'webgpu', 'wasm'];

/** What may stand in each attribute that has a list of values. */
export const CHOICES: Partial<Readonly<Record<AttributeName, readonly string[]>>> = {
  backend: BACKENDS,
  explain: EXPLAINS,
  reveal: REVEALS,
  theme: THEMES,
};

/** How weights are laid over the photo. */
export const parsePicture = (text: string | null) => oneOf(PICTURE_MODES, text, 'spotlight');
export const parseReveal = (text: string | null) => oneOf(REVEALS, text, 'auto');
export const parseTheme = (text: string | null) => oneOf(THEMES, text, 'auto');
export const parseBackend = (text: string | null) => oneOf(BACKENDS, text, 'auto');
export const parseExplain = (text: string | null) => oneOf(EXPLAINS, text, 'attention');

/** As HTML does with its own attributes: a value that is not known counts as the default. */
function oneOf<Value extends string>(values: readonly Value[], text: string | null, fallback: Value): Value {
  const wanted = text?.trim().toLowerCase();
  return values.find((value) => value === wanted) ?? fallback;
}
