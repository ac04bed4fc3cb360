/** Keeps the photo, the questions and their answers on this device while the tab lives, so that a reload loses nothing. */
import type { ImageId, Prediction, Scene } from '../../core/types.ts';
import type { LinkedPhoto } from '../../session/address/view-state.ts';
import { selectExchange, selectPhoto } from '../../session/work/selectors.ts';
import type { Exchange, Photo, Session, SessionState } from '../../session/work/state.ts';
import { changeTabChoice, onTabChoice, tabChoice } from './tab-choice.ts';
import { openTabStore, type TabStore } from './tab-store.ts';

/** What is written once things are quiet: photos and answers come in bursts. */
const SETTLED_AFTER_MS = 150;

/** The names under which things are kept. */
const VISIT = 'visit';
const photoName = (id: ImageId) => `photo ${id}`;
const exchangeName = (id: number) => `exchange ${id}`;

/** An exchange whose photo is kept once for all of them. */
interface KeptExchange {
  readonly id: number;
  readonly imageId: ImageId;
  readonly scene: Scene;
  readonly prediction: Prediction;
}

interface KeptVisit {
  /** Answers of other models are not shown again. */
  readonly packUrl: string;
  readonly photo: ImageId | null;
  readonly shown: number | null;
  readonly question: string | null;
  readonly draft: string;
  readonly history: readonly number[];
}

/**
 * Brings back what this tab kept before a reload, and keeps what follows.
 * @param linked the photo that the address names: another one than the kept one is what the person came for
 * @returns whether a photo was brought back
 */
export async function keepTab(
  session: Session,
  packUrl: string,
  linked: LinkedPhoto | null,
): Promise<boolean> {
  let store: TabStore;
  try {
    store = await openTabStore();
  } catch {
    changeTabChoice({ isRefused: true });
    return false;
  }
  let isResumed = false;
  try {
    if (!tabChoice().isOn) await store.erase();
    else if (store.isOld) isResumed = await resume(session, store, packUrl, linked);
  } catch {
    // What cannot be read is as good as erased.
  }
  follow(session, store, packUrl);
  return isResumed;
}

async function resume(
  session: Session,
  store: TabStore,
  packUrl: string,
  linked: LinkedPhoto | null,
): Promise<boolean> {
  const visit = await readOne<KeptVisit>(store, VISIT);
  if (!visit) return false;
  const isSamePack = visit.packUrl === packUrl;
  const wanted = isSamePack
    ? [...new Set([...visit.history, ...(visit.shown === null ? [] : [visit.shown])])]
    : [];
  const photos = new Map<ImageId, Photo | undefined>();
  const photoOf = async (id: ImageId) => {
    if (!photos.has(id)) photos.set(id, await readOne<Photo>(store, photoName(id)));
    return photos.get(id);
  };
  const exchanges = new Map<number, Exchange>();
  for (const id of wanted) {
    const kept = await readOne<KeptExchange>(store, exchangeName(id));
    const photo = kept && (await photoOf(kept.imageId));
    if (photo) exchanges.set(id, { id, photo, scene: kept.scene, prediction: kept.prediction });
  }
  const photo = visit.photo === null ? null : await photoOf(visit.photo);
  const isWanted = photo && photo.source !== 'sample' && (!linked || isOf(linked, photo));
  void session.resume({
    photo: isWanted ? photo : null,
    shown: (visit.shown !== null && exchanges.get(visit.shown)) || null,
    question: visit.question,
    draft: visit.draft,
    history: visit.history.flatMap((id) => exchanges.get(id) ?? []),
  });
  return isWanted === true;
}

function isOf(linked: LinkedPhoto, { source, url }: Photo): boolean {
  if (linked.kind === 'web') return linked.url === url;
  return linked.kind === 'own' && source !== 'url';
}

async function readOne<Kept>(store: TabStore, name: string): Promise<Kept | undefined> {
  const [kept] = await store.read([name]);
  // Written by this file, in this version of the page or one that keeps the same things.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return kept as Kept | undefined;
}

/** Writes what is new, one state after another. */
function follow(session: Session, store: TabStore, packUrl: string): void {
  /** What is written already, by name. */
  const written = new Map<string, unknown>();
  let work = Promise.resolve();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const write = async () => {
    const things = thingsToKeep(session.getState(), packUrl);
    const fresh = [...things].filter(([name, { identity }]) => written.get(name) !== identity);
    await store.write(
      fresh.map(([name, { value }]) => [name, value]),
      new Set(things.keys()),
    );
    written.clear();
    for (const [name, { identity }] of things) written.set(name, identity);
  };
  const next = (step: () => Promise<void>) => {
    work = work.then(step).catch(() => changeTabChoice({ isRefused: true }));
  };
  const settle = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (tabChoice().isOn && !tabChoice().isRefused) next(write);
    }, SETTLED_AFTER_MS);
  };
  session.subscribe((now, before) => {
    if (now.photo !== before.photo || now.answer !== before.answer) settle();
    else if (now.history !== before.history || now.draft !== before.draft) settle();
  });
  let wasOn = tabChoice().isOn;
  onTabChoice(({ isOn }) => {
    if (isOn === wasOn) return;
    wasOn = isOn;
    if (isOn) return settle();
    written.clear();
    next(() => store.erase());
  });
  settle();
}

interface Thing {
  readonly value: unknown;
  /** Another one is another thing to write. */
  readonly identity: unknown;
}

/** A recorded answer is left out: the page has its recording. */
function thingsToKeep(state: SessionState, packUrl: string): Map<string, Thing> {
  const { history, draft, answer } = state;
  const shown = selectExchange(state);
  const exchanges = [...history, ...(shown ? [shown] : [])].filter(({ standIn }) => !standIn);
  const photo = selectPhoto(state);
  const things = new Map<string, Thing>();
  for (const kept of [...exchanges.map((exchange) => exchange.photo), ...(photo ? [photo] : [])])
    things.set(photoName(kept.imageId), { value: kept, identity: kept.blob });
  for (const exchange of exchanges) {
    const { id, scene, prediction } = exchange;
    const value: KeptExchange = { id, imageId: exchange.photo.imageId, scene, prediction };
    things.set(exchangeName(id), { value, identity: prediction });
  }
  const visit: KeptVisit = {
    packUrl,
    photo: photo?.imageId ?? null,
    shown: shown?.standIn ? null : (shown?.id ?? null),
    question: 'question' in answer ? answer.question : (shown?.prediction.question ?? null),
    draft,
    history: history.flatMap(({ id, standIn }) => (standIn ? [] : id)),
  };
  things.set(VISIT, { value: visit, identity: visit });
  return things;
}
