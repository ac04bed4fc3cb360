/** The photo, what is laid over it, and what stands there before anything has begun. */
import type { ImageSize } from '../../core/types.ts';
import { drawWeights } from '../../draw/paint-weights.ts';
import { selectPhoto } from '../../session/work/selectors.ts';
import { make } from '../make-node.ts';
import type { Shown } from '../show.ts';
import { shownWeights } from '../shown-weights.ts';
import { createBoxes } from './boxes.ts';
import type { Appearance, Part, Visitor } from './part.ts';

/** Phases in which the poster stands for the photo. */
const POSTER_PHASES: ReadonlySet<Shown['phase']> = new Set([
  'poster',
  'fetching',
  'failed',
  'empty',
  'loading',
]);
const PHOTO_TYPES = 'image/*';

export function createPhotoPart(visitor: Visitor): Part {
  const image = make('img', { class: 'photo', part: 'photo', decoding: 'async', loading: 'lazy' });
  const canvas = make('canvas', { class: 'heat', part: 'heat', 'aria-hidden': 'true' });
  const boxes = createBoxes();
  const poster = make('slot', { name: 'poster' });
  const start = make('button', { type: 'button', class: 'start', part: 'start' }, 'Ask about this photo');
  const file = make('input', { type: 'file', accept: PHOTO_TYPES, class: 'visually-hidden' });
  const chooser = make('label', { class: 'chooser', part: 'chooser' }, file);
  const chooserWords = make('span', {});
  chooser.append(chooserWords);
  const looking = make('p', { class: 'looking', part: 'looking' }, 'Looking at the photo …');
  const frame = make(
    'div',
    { class: 'frame', part: 'frame' },
    image,
    canvas,
    boxes.root,
    poster,
    looking,
    start,
  );
  const root = make('figure', { class: 'photo-side' }, frame, chooser);

  const urls = blobUrls();
  let size: ImageSize = { width: 0, height: 0 };
  /** What the canvas shows: a moving focus paints nothing anew. */
  let painted: readonly unknown[] = [];
  /** Address of a photo that is not to be had. */
  let missing: string | null = null;
  let last: { readonly shown: Shown; readonly appearance: Appearance } | null = null;

  start.addEventListener('click', () => visitor.start());
  file.addEventListener('change', () => {
    const [photo] = file.files ?? [];
    if (photo) visitor.openPhoto(photo);
    file.value = '';
  });
  image.addEventListener('error', () => {
    // Whoever serves the photo may allow it to be shown though not to be read.
    if (image.hasAttribute('crossorigin')) return image.removeAttribute('crossorigin');
    // What went wrong is told beside it; a broken picture tells nothing.
    missing = image.getAttribute('src');
    if (last) part.update(last.shown, last.appearance);
  });
  image.addEventListener('load', () => keepShape(image.naturalWidth / image.naturalHeight));
  new ResizeObserver(() => {
    size = { width: frame.clientWidth, height: frame.clientHeight };
    if (last) paint(last.shown, last.appearance);
  }).observe(frame);

  function keepShape(ratio: number): void {
    if (Number.isFinite(ratio) && ratio > 0) frame.style.setProperty('--ratio', String(ratio));
  }

  function showPhoto({ state, recording }: Shown, { src, alt }: Appearance): void {
    const photo = state && selectPhoto(state);
    // The photo that came from `src` is on screen already.
    const isFromSrc = !photo || (photo.url === src && !photo.isTurned && src !== missing);
    const url = isFromSrc ? src : urls.of(photo.blob);
    if (url !== image.getAttribute('src')) {
      missing = null;
      if (!isFromSrc) image.removeAttribute('crossorigin');
      else image.setAttribute('crossorigin', 'anonymous');
      if (url) image.setAttribute('src', url);
      else image.removeAttribute('src');
    }
    image.hidden = !url || url === missing;
    const told = (isFromSrc || recording ? alt : null) ?? recording?.photo.alt;
    image.alt = told ?? (photo ? `Photo ${photo.name}` : 'The photo to ask about');
  }

  function paint(shown: Shown, { picture }: Appearance): void {
    const { scene } = shown;
    const heat = shownWeights(shown);
    frame.dataset['layer'] = heat ? 'heat' : 'plain';
    frame.dataset['picture'] = picture;
    canvas.hidden = !heat || !scene;
    const key = heat && scene ? [heat.weights, picture, scene] : [];
    if (key.some((each, place) => each !== painted[place])) {
      if (heat && scene) drawWeights(canvas, scene, heat.weights, picture);
      painted = key;
    }
    boxes.update(shown, heat, size);
  }

  const part: Part = {
    root,
    update(shown, appearance) {
      last = { shown, appearance };
      const { phase, scene } = shown;
      showPhoto(shown, appearance);
      if (scene) keepShape(scene.size.width / scene.size.height);
      poster.hidden = !POSTER_PHASES.has(phase);
      start.hidden = !(phase === 'poster' && appearance.offersStart && appearance.src !== null);
      looking.hidden = phase !== 'looking';
      const hasPhoto = !image.hidden;
      frame.hidden = !hasPhoto && poster.assignedElements().length === 0;
      chooser.hidden = !appearance.takesPhotos;
      root.hidden = frame.hidden && chooser.hidden;
      chooser.dataset['size'] = hasPhoto ? 'small' : 'large';
      const isAwaited = shown.state?.answer.status === 'waiting';
      const invitation = `${isAwaited ? 'Now choose' : 'Choose'} a photo, drop or paste one here`;
      chooserWords.textContent = hasPhoto ? 'Another photo' : invitation;
      paint(shown, appearance);
    },
  };
  return part;
}

/** One object URL at a time. */
function blobUrls(): { of(blob: Blob): string } {
  let present: { readonly blob: Blob; readonly url: string } | null = null;
  return {
    of(blob) {
      if (present?.blob !== blob) {
        if (present) URL.revokeObjectURL(present.url);
        present = { blob, url: URL.createObjectURL(blob) };
      }
      return present.url;
    },
  };
}
