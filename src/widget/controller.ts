/** One photo with its questions, as an element shows it: what is fetched, when, and what is on screen. No DOM. */
import { asVqaError, VqaError } from '../core/errors.ts';
import type { Prediction } from '../core/types.ts';
import type { Session } from '../session/work/state.ts';
import { createLatest } from '../session/work/latest.ts';
import type { Explain } from './attributes.ts';
import { createExplanationRun } from './run-explanation.ts';
import type { EnginePool, ModelsWanted } from './share-engine.ts';
import { createShowing, type Shown, type ShownSource } from './show.ts';
import { sitLive, sitRecorded, type Sitting } from './connection.ts';
import { takeRecording, type GivenRecording } from './recorded/take-recording.ts';
import { waitForAnswer } from './wait-for-answer.ts';

/** What the attributes and properties of the element say. */
export interface ExhibitSettings extends ModelsWanted {
  /** Absolute URL of the photo. */
  readonly src: string | null;
  /** A photo given by a script; goes before `src`. */
  readonly photo: Blob | null;
  readonly question: string | null;
  /** Absolute URL of the recording. */
  readonly record: string | null;
  /** A recording given by a script, or what its file says; goes before `record`. */
  readonly recording: GivenRecording | null;
  readonly explain: Explain;
}

export interface Exhibit {
  readonly shown: Shown;
  /** Starts what the settings ask for, once; a recording is played, otherwise the models are loaded. */
  begin(): void;
  /** Takes over new settings; what has begun follows them. */
  configure(settings: ExhibitSettings): void;
  /** From the recording to the models, with the same photo and question. */
  runLive(): void;
  /** @throws VqaError (as a rejection) with the reason why there is no answer. */
  ask(question: string): Promise<Prediction>;
  /** Answers about another photo from now on. */
  openPhoto(photo: Blob, name: string): void;
  /** The same with a photo from the web. */
  openAddress(address: string): void;
  /** Says why what the visitor brought is no photo; all else stays. */
  refuse(error: VqaError): void;
  /** Tries again what has failed. */
  retry(): void;
  /** Ends all work and gives the models back; `begin` starts afresh with the photo and question of now. */
  end(): void;
}

/** A photo of the visitor's own: a file, or where one is. */
type BroughtPhoto = { readonly photo: Blob; readonly name: string } | { readonly address: string };

async function open(session: Session, brought: BroughtPhoto): Promise<void> {
  if ('address' in brought) await session.openUrl(brought.address);
  else await session.openPhoto(brought.photo, brought.name, 'file');
}

export function createExhibit(
  pool: EnginePool,
  initial: ExhibitSettings,
  onChange: (shown: Shown, previous: Shown) => void,
): Exhibit {
  let settings = initial;
  let present: ShownSource = { source: 'none' };
  let unsubscribe: (() => void) | null = null;
  /** A photo that the visitor brought, and the question last asked: they outlive a sitting. */
  let brought: BroughtPhoto | null = null;
  let asked: string | null = null;
  let isLiveWanted = false;
  /** Settles when the recording is there, or is known not to come. */
  let arrival: Promise<void> = Promise.resolve();
  const fetching = createLatest();
  const showing = createShowing();
  const explanation = createExplanationRun(() => announce());
  let shown = showing.show(present, settings, explanation.status);

  function announce(): void {
    const previous = shown;
    shown = showing.show(present, settings, explanation.status);
    onChange(shown, previous);
  }

  function follow(): void {
    const { exchange, method, isExplained } = showing.show(present, settings, explanation.status);
    const engine = present.source === 'sitting' ? present.sitting.engine : null;
    explanation.want(engine && exchange && method && isExplained ? { engine, exchange, method } : null);
    announce();
  }

  function sit(sitting: Sitting): void {
    unsubscribe = sitting.session.subscribe(follow);
    present = { source: 'sitting', sitting };
    follow();
  }

  function leave(): void {
    fetching.stop();
    unsubscribe?.();
    unsubscribe = null;
    explanation.want(null);
    const left = present;
    present = { source: 'none' };
    if (left.source === 'sitting') left.sitting.end();
  }

  function bring(photo: BroughtPhoto): void {
    brought = photo;
    asked = null;
    const sitting = present.source === 'sitting' ? present.sitting : null;
    if (sitting?.recording === null) void open(sitting.session, photo);
    else start();
  }

  function beginLive(): void {
    const { packUrl, backend, workerUrl, src, question } = settings;
    const sitting = sitLive(pool, { packUrl, backend, workerUrl });
    const { session } = sitting;
    const photo = brought ?? photoGiven();
    const wanted = asked ?? question;
    if (photo || src) void session.load();
    if (wanted?.trim()) void session.ask(wanted);
    if (photo) void open(session, photo);
    else if (src) void session.openUrl(src);
    sit(sitting);
  }

  function photoGiven(): BroughtPhoto | null {
    return settings.photo && { photo: settings.photo, name: 'photo' };
  }

  async function beginRecorded(): Promise<void> {
    const { record, recording } = settings;
    const signal = fetching.start();
    present = { source: 'fetching' };
    announce();
    try {
      const played = await takeRecording(recording ?? addressOf(record ?? ''), signal);
      if (!signal.aborted) sit(sitRecorded(played, asked ?? settings.question));
    } catch (thrown) {
      if (signal.aborted) return;
      present = { source: 'failed', error: asVqaError(thrown, 'recording-invalid').toReport() };
      announce();
    }
  }

  function begin(): void {
    if (present.source === 'none') start();
  }

  function start(): void {
    leave();
    if (!isLiveWanted && !brought && (settings.record ?? settings.recording)) arrival = beginRecorded();
    else beginLive();
  }

  /** The recording's own photo is what its regions belong to; a larger original is at `src`. */
  function keepRecordedPhoto(): void {
    if (present.source !== 'sitting') return;
    const { recording } = present.sitting;
    if (!recording?.photo.thumbnail || settings.src || settings.photo) return;
    brought = { photo: recording.photo.thumbnail, name: recording.photo.name };
  }

  return {
    get shown() {
      return shown;
    },
    begin,

    configure(next) {
      const last = settings;
      settings = next;
      if (present.source === 'none') return announce();
      const isOther = (name: keyof ExhibitSettings) => last[name] !== next[name];
      if (isOther('src') || isOther('photo') || isOther('record') || isOther('recording')) brought = null;
      if (isOther('question')) asked = null;
      if (isOther('record') || isOther('recording')) {
        isLiveWanted = false;
        asked = null;
        return start();
      }
      if (present.source !== 'sitting') return announce();
      const { session, recording } = present.sitting;
      const isOtherPhoto = isOther('photo') || isOther('src');
      if (!recording) {
        if (isOther('packUrl') || isOther('backend') || isOther('workerUrl')) return start();
        if (isOther('photo') && next.photo) void session.openPhoto(next.photo, 'photo', 'file');
        else if (isOtherPhoto && next.src && !next.photo) void session.openUrl(next.src);
      }
      // The question of the tag is meant for the photo of the tag.
      if ((isOther('question') || (isOtherPhoto && !recording)) && next.question) {
        void session.ask(next.question);
      }
      follow();
    },

    runLive() {
      const question = shown.state?.draft.trim();
      keepRecordedPhoto();
      asked = question ?? asked;
      isLiveWanted = true;
      start();
    },

    async ask(question) {
      asked = question;
      begin();
      await arrival;
      if (shown.session) return await waitForAnswer(shown.session, question);
      if (shown.error) throw VqaError.fromReport(shown.error);
      throw new VqaError('cancelled', 'The element was taken from the page.');
    },

    openPhoto: (photo, name) => bring({ photo, name }),
    openAddress: (address) => bring({ address }),

    refuse(error) {
      begin();
      if (present.source === 'sitting') present.sitting.session.reportInputError(error.toReport());
    },

    retry() {
      if (present.source !== 'sitting') return start();
      const { session } = present.sitting;
      const { engine, photo, answer, inputError } = session.getState();
      if (engine.status === 'failed') void session.load();
      else if (answer.status === 'failed') void session.ask(answer.question);
      else if (photo.status === 'failed' && asked) void session.ask(asked);
      else if (inputError && settings.src) void session.openUrl(settings.src);
      else start();
    },

    end() {
      const question = shown.state?.draft.trim();
      if (question) asked = question;
      leave();
      announce();
    },
  };
}

/** @throws VqaError `recording-invalid` */
function addressOf(record: string): URL {
  if (URL.canParse(record)) return new URL(record);
  throw new VqaError('recording-invalid', `The recording at ${record} could not be fetched.`);
}
