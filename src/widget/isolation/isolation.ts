/**
 * Cross-origin isolation, and with it WASM threads, for hosts that send no headers. A page that wants it has
 * `<script src="isolation.js"></script>`; the same file, as a service worker, then adds the headers to the pages and
 * workers of its own folder, and the page loads once more to get them. Nothing else passes through it.
 */
import { createScriptPolicy } from '../../core/script-policy.ts';

/** Its own: a page that lists policies lets each name be taken once. */
const POLICY = 'in-page-vqa-isolation';

/** What there is of a service worker's global scope, which the page's types do not know. */
interface ServiceWorkerScope {
  addEventListener(type: 'install', listener: () => void): void;
  addEventListener(
    type: 'activate',
    listener: (event: { waitUntil(done: Promise<unknown>): void }) => void,
  ): void;
  addEventListener(
    type: 'fetch',
    listener: (event: { readonly request: Request; respondWith(response: Promise<Response>): void }) => void,
  ): void;
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
}

/** Remembers that the page has been loaded once more, so that a browser that refuses is not asked for ever. */
const RELOADED = 'in-page-vqa.isolation';

/** What needs the headers itself; everything else is left to the browser, the models' files included. */
const ISOLATED: ReadonlySet<RequestDestination> = new Set(['document', 'iframe', 'worker', 'sharedworker']);

async function isolatePage(address: string): Promise<void> {
  if (crossOriginIsolated) return sessionStorage.removeItem(RELOADED);
  // Absent from pages that are not served securely.
  if (!('serviceWorker' in navigator)) return;
  await navigator.serviceWorker.register(createScriptPolicy(POLICY)(address));
  await navigator.serviceWorker.ready;
  if (sessionStorage.getItem(RELOADED)) return;
  sessionStorage.setItem(RELOADED, 'yes');
  location.reload();
}

function serveIsolated(scope: ServiceWorkerScope): void {
  scope.addEventListener('install', () => void scope.skipWaiting());
  scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()));
  scope.addEventListener('fetch', (event) => {
    if (ISOLATED.has(event.request.destination)) event.respondWith(withHeaders(event.request));
  });
}

async function withHeaders(request: Request): Promise<Response> {
  const response = await fetch(request);
  // A redirect has no headers to add to; the browser follows it and asks again.
  if (response.status === 0) return response;
  const headers = new Headers(response.headers);
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  headers.set('Cross-Origin-Resource-Policy', 'cross-origin');
  const { status, statusText, body } = response;
  return new Response(body, { status, statusText, headers });
}

if ('document' in globalThis) {
  const { currentScript } = document;
  const address = currentScript instanceof HTMLScriptElement ? currentScript.src : 'isolation.js';
  // A browser that keeps no service workers (a private window) leaves the page as it is: on one thread.
  isolatePage(address).catch(() => undefined);
} else {
  // The page's types stand for both; the check above tells them apart.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  serveIsolated(globalThis as unknown as ServiceWorkerScope);
}
