/** How far the models are, what went wrong and how to go on, and where the answer comes from. */
import { megabytes } from '../../core/megabytes.ts';
import { selectAnnouncement } from '../../session/work/selectors.ts';
import { make } from '../make-node.ts';
import type { Shown } from '../show.ts';
import type { Part, Visitor } from './part.ts';

/** What cannot be mended by trying again. */
const FINAL: ReadonlySet<string> = new Set(['recording-invalid', 'question-empty', 'question-too-long']);

export function createStatusPart(visitor: Visitor): Part {
  const words = make('span', { id: 'progress-words' });
  const bar = make('progress', { max: '1', 'aria-labelledby': 'progress-words' });
  const progress = make('div', { part: 'progress', class: 'progress' }, words, bar);
  const message = make('p', { class: 'error-what' });
  const remedy = make('p', { class: 'error-remedy' });
  const retry = make('button', { type: 'button', class: 'button', part: 'retry' }, 'Try again');
  const note = make('div', { part: 'error', class: 'error', role: 'alert' }, message, remedy, retry);
  const error = make('slot', { name: 'error' }, note);
  const origin = make('span', { class: 'origin' });
  const live = make('button', { type: 'button', class: 'button', part: 'run-live' }, 'Run live');
  const foot = make('p', { part: 'foot', class: 'foot' }, origin, ' ', live);
  const announcer = make('p', { class: 'visually-hidden', role: 'status' });

  retry.addEventListener('click', () => visitor.retry());
  live.addEventListener('click', () => visitor.runLive());

  return {
    root: make('div', { class: 'status' }, progress, error, foot, announcer),
    update(shown) {
      showProgress(shown);
      const { error: failure, state, recording } = shown;
      error.hidden = !failure;
      // An alert is read out when it is filled.
      message.textContent = failure?.message ?? '';
      remedy.textContent = failure?.remedy ?? '';
      retry.hidden = !failure || FINAL.has(failure.code) || recording !== null;
      live.hidden = recording === null;
      origin.textContent = originWords(shown);
      foot.hidden = origin.textContent === '';
      const announcement = state ? selectAnnouncement(state) : '';
      if (announcer.textContent !== announcement) announcer.textContent = announcement;
    },
  };

  function showProgress({ phase, state }: Shown): void {
    const engine = state?.engine;
    const isLoading = phase === 'fetching' || engine?.status === 'loading';
    progress.hidden = !isLoading;
    if (!isLoading) return;
    const at = engine?.status === 'loading' ? engine.progress : null;
    if (at?.stage === 'download') {
      words.textContent = `Fetching the models: ${megabytes(at.loadedBytes)} of ${megabytes(at.totalBytes)}`;
      bar.value = at.totalBytes > 0 ? at.loadedBytes / at.totalBytes : 0;
    } else {
      words.textContent = phase === 'fetching' ? 'Fetching the recording …' : 'Getting the models ready …';
      bar.removeAttribute('value');
    }
  }
}

function originWords({ recording, state }: Shown): string {
  if (recording) return `Recorded with ${recording.pack.name}; nothing is computed here.`;
  if (state?.engine.status !== 'ready') return '';
  const { backend, threads } = state.engine.report.backend;
  const where =
    backend === 'webgpu'
      ? 'on the graphics processor'
      : `on ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  return `Computed in this page ${where}; the photo is sent nowhere.`;
}
