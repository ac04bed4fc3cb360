/** The page: one engine in a worker, one session, one view. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { BackendChoice } from './core/types.ts';
import { DEFAULT_HUB } from './core/published.ts';
import { createLab } from './session/inquiry/create-lab.ts';
import { createPackBench } from './session/work/create-pack-bench.ts';
import { createSession } from './session/work/create-session.ts';
import { hasEdits } from './session/inquiry/edits.ts';
import { restoreView } from './session/address/restore-view.ts';
import { readViewState, type ViewState } from './session/address/view-state.ts';
import { createTasks } from './session/tasks/create-tasks.ts';
import { App } from './view/App.tsx';
import { followAddress } from './view/export/follow-address.ts';
import { openSample } from './view/image/open-sample.ts';
import { fetchSamples } from './view/image/samples.ts';
import { keepFetched, keepPage } from './view/offline/page-copy.ts';
import { fetchedUrls, followRequests, followWorker } from './view/offline/requests.ts';
import { hasVisit } from './view/tab/tab-choice.ts';
import { connectEngine } from './worker/engine-boundary.ts';
import { connectMaker } from './worker/maker-boundary.ts';
import { hasKept, persist } from './worker/kept-files.ts';
import { spawnMaker } from './worker/spawn-maker.ts';
import { spawnWorker } from './worker/spawn.ts';

const DEFAULT_PACK = 'packs/everyday/';

/** `?pack=URL` names the folder of a model pack; relative addresses start at the page. */
function packUrl(query: URLSearchParams): string {
  const folder = query.get('pack') ?? DEFAULT_PACK;
  return new URL(folder.endsWith('/') ? folder : `${folder}/`, document.baseURI).href;
}

function backendChoice(query: URLSearchParams): BackendChoice {
  const choice = query.get('backend');
  return choice === 'webgpu' || choice === 'wasm' ? choice : 'auto';
}

/** What the Network Information API says where there is one. */
function wantsToSaveData(): boolean {
  const { connection } = navigator as Navigator & { readonly connection?: { readonly saveData?: boolean } };
  return connection?.saveData === true;
}

const root = document.querySelector('#app');
if (!root) throw new Error('index.html has no #app');

followRequests();
const query = new URLSearchParams(location.search);
// Other packs answer otherwise: the samples' recordings are of the one that ships.
const samplesAreRecorded = !query.has('pack');
const engine = connectEngine(() => followWorker(spawnWorker()));
const session = createSession(engine, {
  packUrl: packUrl(query),
  keepsAll: samplesAreRecorded,
  worker: engine,
  backendChoice: backendChoice(query),
});
const lab = createLab(engine, session);
const tasks = createTasks(engine, session);
const packBench = createPackBench(
  connectMaker(() => followWorker(spawnMaker()), {
    publishedUrl: new URL('published/', document.baseURI).href,
    hubUrls: query.has('hub') ? query.getAll('hub') : [DEFAULT_HUB],
  }),
  { hasKept, persist },
);
const linked = readViewState(location.hash);
createRoot(root).render(
  <StrictMode>
    <App
      session={session}
      lab={lab}
      tasks={tasks}
      samplesAreRecorded={samplesAreRecorded}
      packBench={packBench}
      linkedPhoto={linked?.photo ?? null}
    />
  </StrictMode>,
);
// Once the models are here: until then they come first.
const stopWaiting = session.subscribe(({ engine: { status } }) => {
  if (status !== 'ready') return;
  stopWaiting();
  void keepPage().then(() => keepFetched(fetchedUrls()));
});
if (!wantsToSaveData()) void session.load();
// Not awaited here: what is loaded later is built on this file, and would wait for its end.
// oxlint-disable-next-line unicorn/prefer-top-level-await
void begin();

async function begin(): Promise<void> {
  const keeping = import('./view/tab/keep-tab.ts')
    .then(({ keepTab }) => keepTab(session, packUrl(query), linked?.photo ?? null))
    // Without its program the tab keeps nothing, and the page is what it is otherwise.
    .catch(() => false);
  // A tab that has kept nothing has nothing to wait for.
  const isResumed = hasVisit() && (await keeping);
  if (linked) await openLinked(linked, isResumed);
  else if (samplesAreRecorded && !isResumed) await showFirstSample();
  followAddress(session, lab, tasks);
}

/** Something to look at before any model arrives. */
async function showFirstSample(): Promise<void> {
  const [first] = await fetchSamples().catch(() => []);
  const isUntouched = session.getState().photo.status === 'none' && session.getState().draft === '';
  if (first && isUntouched) await openSample(session, first, null, true);
}

/** What a link shows. Only a sample is fetched for it: for any other photo the person is asked. */
async function openLinked(view: ViewState, isResumed: boolean): Promise<void> {
  const { photo, question, edits } = view;
  const restored = restoreView(session, lab, view, tasks);
  if (photo.kind === 'sample' && !isResumed) {
    const samples = await fetchSamples().catch(() => []);
    const sample = samples.find(({ file }) => file === photo.file);
    // A recording has no answer of a changed run.
    const isRecorded = samplesAreRecorded && !hasEdits(edits);
    if (sample) await openSample(session, sample, question || null, isRecorded);
  }
  await restored;
}
