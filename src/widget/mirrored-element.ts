/** The element's attributes as properties. Setting one writes the attribute; null takes it away. */
import type { PictureMode } from '../core/picture.ts';
import type { BackendChoice } from '../core/types.ts';
import {
  parseBackend,
  parseExplain,
  parsePicture,
  parseReveal,
  parseTheme,
  type AttributeName,
  type Explain,
  type Reveal,
  type Theme,
} from './attributes.ts';
import { TypedListeners } from './typed-listeners.ts';

type PropertyOf<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<PropertyOf<Rest>>}`
  : Name;

/** What each attribute takes from a framework that writes it as HTML has it. */
export type AttributeValues = {
  [Name in AttributeName]?: MirroredElement[PropertyOf<Name>] | null | undefined;
};

export class MirroredElement extends TypedListeners {
  /** Address of the photo. Its server must allow this page to read it (`Access-Control-Allow-Origin`). */
  get src(): string | null {
    return this.getAttribute('src');
  }
  set src(value: string | null) {
    this.mirror('src', value);
  }

  /** What the photo shows, for people who do not see it. */
  get alt(): string | null {
    return this.getAttribute('alt');
  }
  set alt(value: string | null) {
    this.mirror('alt', value);
  }

  /** Asked as soon as the photo has been looked at; with a recording, which of its questions is shown first. */
  get question(): string | null {
    return this.getAttribute('question');
  }
  set question(value: string | null) {
    this.mirror('question', value);
  }

  /** Address of a model pack's folder; unless given, `../packs/everyday/` seen from the element's own file. */
  get pack(): string | null {
    return this.getAttribute('pack');
  }
  set pack(value: string | null) {
    this.mirror('pack', value);
  }

  /** `auto` (the default) takes WebGPU where it passes the pack's self-test, and WASM elsewhere. */
  get backend(): BackendChoice {
    return parseBackend(this.getAttribute('backend'));
  }
  set backend(value: BackendChoice | null) {
    this.mirror('backend', value);
  }

  /** When the models are fetched; `auto` is the default. */
  get reveal(): Reveal {
    return parseReveal(this.getAttribute('reveal'));
  }
  set reveal(value: Reveal | null) {
    this.mirror('reveal', value);
  }

  /** How it is laid over the photo; `spotlight` is the default. */
  get picture(): PictureMode {
    return parsePicture(this.getAttribute('picture'));
  }
  set picture(value: PictureMode | null) {
    this.mirror('picture', value);
  }

  /** What is laid over the photo; `attention` is the default. A choice of the visitor is written here. */
  get explain(): Explain {
    return parseExplain(this.getAttribute('explain'));
  }
  set explain(value: Explain | null) {
    this.mirror('explain', value);
  }

  /** `auto`, the default, follows the CSS `color-scheme` of the page. */
  get theme(): Theme {
    return parseTheme(this.getAttribute('theme'));
  }
  set theme(value: Theme | null) {
    this.mirror('theme', value);
  }

  /** Address of a recording: it is played without any model until the visitor presses “Run live”. */
  get record(): string | null {
    return this.getAttribute('record');
  }
  set record(value: string | null) {
    this.mirror('record', value);
  }

  /**
   * Address of the worker's script; unless given, beside the element's own file. On pages whose
   * Content-Security-Policy forbids Blob workers it must lie on the page's own origin: a copy of the `embed` folder,
   * or one line that says `import 'https://where.the/element/lies/embed/worker.js'`.
   */
  get worker(): string | null {
    return this.getAttribute('worker');
  }
  set worker(value: string | null) {
    this.mirror('worker', value);
  }

  /** Whether visitors may bring photos of their own; where there is neither photo nor recording they always may. */
  get ownPhotos(): boolean {
    // Vue and Svelte write a false that is given to an attribute as that word.
    return (this.getAttribute('own-photos') ?? 'false') !== 'false';
  }
  set ownPhotos(value: boolean | null | undefined) {
    this.mirror('own-photos', value ? '' : null);
  }

  /** A property that was set before the element was defined hides the accessor of its name. */
  protected adopt(names: readonly string[]): void {
    for (const name of names) {
      if (!Object.hasOwn(this, name)) continue;
      const value: unknown = Reflect.get(this, name);
      Reflect.deleteProperty(this, name);
      Reflect.set(this, name, value);
    }
  }

  private mirror(name: AttributeName, value: string | null): void {
    if (value === null || value === undefined) this.removeAttribute(name);
    else if (this.getAttribute(name) !== value) this.setAttribute(name, value);
  }
}
