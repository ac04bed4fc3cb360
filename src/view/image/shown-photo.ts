/** The photo in the frame, and the words for people who cannot see it. */
import type { Scene } from '../../core/types.ts';
import { selectPhoto } from '../../session/work/selectors.ts';
import type { Photo, SessionState } from '../../session/work/state.ts';

const NAMED_THINGS = 4;

/** While another photo is on its way from the web, the one before it stays in the frame. */
export function selectShownPhoto(state: SessionState): Photo | null {
  const present = selectPhoto(state);
  if (present || state.photo.status !== 'fetching') return present;
  const before = state.replaced?.photo;
  return before && 'photo' in before ? before.photo : null;
}

/** “Your photo: park.png, with dog, frisbee, tree”. */
export function describePhoto(photo: Photo, scene: Scene | null): string {
  const things = [...new Set(scene?.regions.map(({ label }) => label))].slice(0, NAMED_THINGS);
  return `Your photo: ${photo.name}${things.length > 0 ? `, with ${things.join(', ')}` : ''}`;
}
