/** `<in-page-vqa>`: a photo, a question, the answer and where the model looked, in any page. */
import type { LoadReport } from '../core/engine.ts';
import { VqaError } from '../core/errors.ts';
import type { Prediction, Scene } from '../core/types.ts';
import { connectEngine } from '../worker/engine-boundary.ts';
import { ATTRIBUTES } from './attributes.ts';
import { drawPicture, parsePictureOptions, type PictureOptions } from './draw-picture.ts';
import { parseSelection, parseState, stateOf, type ElementState, type Selection } from './element-state.ts';
import { dispatch, dispatchChanges } from './events.ts';
import { createExhibit, type Exhibit, type ExhibitSettings } from './controller.ts';
import { MirroredElement } from './mirrored-element.ts';
import { openWorker } from '../worker/open-worker.ts';
import { createPresentation, type Presentation } from './presentation.ts';
import { createEnginePool } from './share-engine.ts';
import { said } from './shape.ts';
import type { Phase, Shown } from './show.ts';
import type { GivenRecording } from './recorded/take-recording.ts';
import { wantsToSaveData, watchVisibility } from './watch-visibility.ts';

/** Written by the build: the name of the worker's file beside the element's. */
declare const EMBED_WORKER_FILE: string;

/** A node that is moved leaves the page and comes back; only one that stays away gives its models up. */
const AWAY_MS = 1000;
const OBJECT_PROPERTIES = ['photo', 'recording'] as const;

/** Where the element finds what it does not hold itself. */
export interface Home {
  /** Address of the file that the element came in; the two below are found from there. */
  readonly address: string;
  /** The pack of elements that name none. */
  readonly pack: string;
  readonly worker: string;
  /** Absolute addresses of the runtime's files, where they are not as the worker's build has them. */
  readonly runtime?: Readonly<Record<string, string>>;
}

let home: Home = { address: import.meta.url, pack: '../packs/everyday/', worker: EMBED_WORKER_FILE };

export function setHome(changed: Partial<Home>): void {
  home = { ...home, ...changed };
}

/** Shared by every element of the page, whatever its tag name. */
const pool = createEnginePool(({ workerUrl }) => {
  const runtime = workerUrl === resolve(home.worker, home.address) ? home.runtime : undefined;
  return connectEngine(() => openWorker(new URL(workerUrl), home.address, runtime));
});

export class InPageVqaElement extends MirroredElement {
  static readonly observedAttributes: readonly string[] = ATTRIBUTES;

  readonly #presentation: Presentation;
  readonly #exhibit: Exhibit;
  #photo: Blob | null = null;
  #recording: GivenRecording | null = null;
  #isVisible = false;
  #isStale = false;
  #stopWatching: () => void = () => {};
  #leaving: ReturnType<typeof setTimeout> | undefined;
  /** What `statechange` has last told, as text. */
  #told = '';

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    this.#presentation = createPresentation(root, {
      start: () => this.load(),
      runLive: () => this.#exhibit.runLive(),
      retry: () => this.#exhibit.retry(),
      // A failure is on screen and in an `error` event; nobody waits for this promise.
      ask: (question) => void this.ask(question).catch(() => undefined),
      openPhoto: (photo) => this.#exhibit.openPhoto(photo, photo.name),
      openAddress: (address) => this.#exhibit.openAddress(address),
      refuse: (error) => this.#exhibit.refuse(error),
      chooseExplain: (explain) => {
        this.explain = explain;
      },
    });
    this.#exhibit = createExhibit(pool, this.#settings(), (shown, previous) => this.#follow(shown, previous));
    this.adopt([
      ...Object.keys(Object.getOwnPropertyDescriptors(MirroredElement.prototype)),
      ...OBJECT_PROPERTIES,
    ]);
  }

  /** A photo that a script has; goes before `src`. */
  get photo(): Blob | null {
    return this.#photo;
  }
  set photo(value: Blob | null) {
    if (value !== null && value !== undefined && !(value instanceof Blob))
      throw new TypeError(`photo is ${said(value)}, must be a Blob (a File is one) or null`);
    this.#photo = value ?? null;
    this.#refresh();
  }

  /**
   * A recording that a script has: its file as text, as `JSON.parse` gives it, or as `parseRecording` reads it; goes
   * before `record`. One that cannot be read becomes an `error` event.
   */
  get recording(): GivenRecording | null {
    return this.#recording;
  }
  set recording(value: GivenRecording | null) {
    if (value !== null && value !== undefined && typeof value !== 'object' && typeof value !== 'string')
      throw new TypeError(`recording is ${said(value)}, must be a recording, the text of its file, or null`);
    this.#recording = value ?? null;
    this.#refresh();
  }

  /** What the element is doing. */
  get phase(): Phase {
    return this.#exhibit.shown.phase;
  }

  /** The regions of the photo, once it has been looked at. */
  get scene(): Scene | null {
    return this.#exhibit.shown.scene;
  }

  /** The answer on screen. */
  get prediction(): Prediction | null {
    return this.#exhibit.shown.exchange?.prediction ?? null;
  }

  /** The pack, the backend and what both can do, once the models are there. */
  get report(): LoadReport | null {
    const engine = this.#exhibit.shown.state?.engine;
    return engine?.status === 'ready' ? engine.report : null;
  }

  /** Fetches the models now, or the recording, whatever `reveal` says. */
  load(): void {
    this.#refreshNow();
    this.#exhibit.begin();
  }

  /**
   * Asks a question, `question` of the tag unless given; fetches photo and models first where that is still to do.
   * @throws VqaError (as a rejection) with a `code`, a `message` and a `remedy`; `cancelled` when another question
   *   or photo takes its place.
   */
  async ask(question: string = this.question ?? ''): Promise<Prediction> {
    this.#refreshNow();
    return await this.#exhibit.ask(question);
  }

  /**
   * Chooses what is looked at; a word or a region is held fast until it is let go with null. A layer or head that the
   * models do not have shows the nearest.
   * @throws TypeError when `selection` is no such object, RangeError for a word or region that is not there.
   */
  select(selection: Selection): void {
    const { word, region, ...view } = parseSelection(selection);
    const { session } = this.#exhibit.shown;
    if (!session) return;
    checkPlace('word', word, this.#places.token);
    checkPlace('region', region, this.#places.region);
    session.showAttention(view);
    if (word === undefined && region === undefined) return;
    session.releaseFocus();
    if (typeof word === 'number') session.focusOn({ kind: 'token', index: word, locked: true });
    else if (typeof region === 'number') session.focusOn({ kind: 'region', index: region, locked: true });
  }

  /** What the visitor looks at, as plain JSON for `importState`. */
  exportState(): ElementState {
    const { shown } = this.#exhibit;
    return stateOf(shown, shown.state?.draft ?? this.question ?? '', this.explain);
  }

  /**
   * Puts a state back: asks its question where that is not the one on screen, then shows what it showed.
   * @throws TypeError (as a rejection) when `value` is no such state, VqaError when the question fails.
   */
  async importState(value: unknown): Promise<void> {
    const { question, explain, module, layer, head, held } = parseState(value);
    this.explain = explain;
    if (question.trim() && question !== this.prediction?.question) await this.ask(question);
    this.#refreshNow();
    this.select({ module, layer, head, word: null });
    // The state may have been stored when another photo was there.
    if (held && held.index < this.#places[held.kind])
      this.select(held.kind === 'token' ? { word: held.index } : { region: held.index });
  }

  /**
   * The photo with what is laid over it, the question and the answer, as one picture.
   * @throws TypeError (as a rejection) when `options` are none, VqaError `image-empty` while there is no photo.
   */
  async toBlob(options: PictureOptions = {}): Promise<Blob> {
    const given = parsePictureOptions(options);
    const { shown } = this.#exhibit;
    if (!shown.scene) throw new VqaError('image-empty', 'No photo has been looked at yet.');
    return await drawPicture(shown, shown.scene, this.picture, given);
  }

  connectedCallback(): void {
    clearTimeout(this.#leaving);
    this.#stopWatching();
    this.#stopWatching = watchVisibility(this, () => {
      this.#isVisible = true;
      this.#beginIfWanted();
    });
    this.#refreshNow();
  }

  disconnectedCallback(): void {
    this.#stopWatching();
    this.#isVisible = false;
    this.#leaving = setTimeout(() => this.#exhibit.end(), AWAY_MS);
  }

  attributeChangedCallback(): void {
    this.#refresh();
  }

  /** Attributes that change together are taken over together. */
  #refresh(): void {
    if (this.#isStale) return;
    this.#isStale = true;
    queueMicrotask(() => {
      if (this.#isStale) this.#refreshNow();
    });
  }

  #refreshNow(): void {
    this.#isStale = false;
    this.#exhibit.configure(this.#settings());
    this.#beginIfWanted();
  }

  #beginIfWanted(): void {
    const { src, photo, record, recording } = this.#settings();
    const isPlayed = (record ?? recording) !== null;
    const isAutomatic = this.reveal === 'auto' && !wantsToSaveData();
    if (this.#isVisible && (isPlayed || (isAutomatic && (src ?? photo) !== null))) this.#exhibit.begin();
  }

  #settings(): ExhibitSettings {
    const { pack, worker } = this;
    return {
      src: this.#address('src'),
      photo: this.#photo,
      question: this.question,
      record: this.#address('record'),
      recording: this.#recording,
      explain: this.explain,
      backend: this.backend,
      packUrl:
        pack === null
          ? resolve(home.pack, home.address)
          : resolve(pack.replace(/\/?$/u, '/'), document.baseURI),
      workerUrl: worker === null ? resolve(home.worker, home.address) : resolve(worker, document.baseURI),
    };
  }

  /** How many words and regions can be pointed at. */
  get #places(): { readonly token: number; readonly region: number } {
    const { scene, exchange } = this.#exhibit.shown;
    return { token: exchange?.prediction.tokens.length ?? 0, region: scene?.regions.length ?? 0 };
  }

  #address(name: 'src' | 'record'): string | null {
    const written = this.getAttribute(name)?.trim();
    return written ? resolve(written, document.baseURI) : null;
  }

  #follow(shown: Shown, previous: Shown): void {
    const { src, photo, record, recording } = this.#settings();
    this.#presentation.update(shown, {
      src,
      alt: this.alt,
      question: this.question,
      picture: this.picture,
      takesPhotos: this.ownPhotos || (src ?? photo ?? record ?? recording) === null,
      offersStart: this.reveal === 'interaction' || wantsToSaveData(),
    });
    dispatchChanges(this, shown, previous);
    const state = this.exportState();
    const told = JSON.stringify([shown.phase, state]);
    if (told === this.#told) return;
    this.#told = told;
    dispatch(this, 'statechange', { phase: shown.phase, state });
  }
}

/** @throws RangeError */
function checkPlace(name: 'word' | 'region', index: number | null | undefined, count: number): void {
  if (typeof index === 'number' && index >= count)
    throw new RangeError(`selection.${name} is ${index}, must be less than ${count}`);
}

/** An address that cannot be resolved stays as it is written, and fails where it is used. */
function resolve(address: string, base: string): string {
  return URL.canParse(address, base) ? new URL(address, base).href : address;
}
