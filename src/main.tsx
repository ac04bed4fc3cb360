/** The page: one engine in a worker, one session, one view. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { BackendChoice } from './core/types.ts';
import { createSession } from './session/create-session.ts';
import { App } from './view/App.tsx';
import { connect } from './worker/connect.ts';
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

const query = new URLSearchParams(location.search);
const session = createSession(connect(spawnWorker), {
  packUrl: packUrl(query),
  backendChoice: backendChoice(query),
});
createRoot(root).render(
  <StrictMode>
    <App session={session} />
  </StrictMode>,
);
if (!wantsToSaveData()) void session.load();
