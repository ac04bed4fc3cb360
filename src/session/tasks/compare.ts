/** Two photos, one statement: is it true of them? */
import type { Engine } from '../../core/engine.ts';
import { VqaError } from '../../core/errors.ts';
import type { Change } from '../../core/explanation.ts';
import type { Comparison } from '../../core/types.ts';
import { createSession } from '../work/create-session.ts';
import type { Session } from '../work/state.ts';
import type { Tasks } from './create-tasks.ts';
import { photoAtHand, withPhotos, type PhotoAtHand } from './photo-at-hand.ts';
import { taskWorkOf } from './task-work.ts';
import { withoutEach } from './without-each.ts';

export interface CompareDraft {
  readonly statement: string;
  /** The second photo, where it is one of the page's own; empty otherwise. */
  readonly sample: string;
}

export interface CompareResult {
  readonly comparison: Comparison;
  readonly right: PhotoAtHand;
  /** What a statement that is called true loses, or one that is called false gains, without each thing, [region]. */
  readonly evidence: { readonly left: Float32Array; readonly right: Float32Array } | null;
}

export const compareWork = taskWorkOf<CompareDraft, CompareResult>({
  id: 'compare',
  empty: { statement: '', sample: '' },
  write: ({ statement, sample }) =>
    new Map([
      ...(statement === '' ? [] : [['text', statement] as const]),
      ...(sample === '' ? [] : [['second', `sample:${sample}`] as const]),
    ]),
  read: (fields) => {
    const second = fields.get('second') ?? '';
    return {
      statement: fields.get('text') ?? '',
      sample: second.startsWith('sample:') ? second.slice('sample:'.length) : '',
    };
  },
  isComplete: ({ statement }) => statement.trim() !== '',
  async run({ statement }, { engine, photo, scene, signal, answer, tasks }) {
    const second = secondPhotoOf(tasks);
    if (second.getState().photo.status === 'none') {
      throw new VqaError('image-forgotten', 'There is no second photo yet.');
    }
    const right = await photoAtHand(second, signal);
    const sides = { left: photo.imageId, right: right.photo.imageId, statement };
    const comparison = await withPhotos(engine, [photo, right.photo], signal, () =>
      engine.compare(sides, { signal }),
    );
    const known: CompareResult = { comparison, right, evidence: null };
    answer(known, { done: 0, total: 1 });
    const isTrue = comparison.score >= 0.5;
    const verdict = (score: number) => (isTrue ? score : 1 - score);
    const lossesOf = async (side: 'left' | 'right'): Promise<Float32Array> => {
      const { regions } = side === 'left' ? scene : right.scene;
      const [losses = new Float32Array(regions.length)] = await withoutEach(
        regions,
        [verdict(comparison.score)],
        async (hiddenRegions) => {
          const change: Change = { hiddenRegions };
          const changed = await engine.compare({ ...sides, changes: { [side]: change } }, { signal });
          return [verdict(changed.score)];
        },
        ({ done, total }) => answer(known, { done: side === 'left' ? done : total + done, total: 2 * total }),
      );
      return losses;
    };
    return { ...known, evidence: { left: await lossesOf('left'), right: await lossesOf('right') } };
  },
});

const seconds = new WeakMap<Tasks, Session>();

/** A session of its own for the second photo, with every way in; it works with the models of the first one. */
export function secondPhotoOf(tasks: Tasks): Session {
  const known = seconds.get(tasks);
  if (known) return known;
  const { engine, session } = tasks;
  const borrowed: Engine = {
    ...engine,
    async load(_, options) {
      await session.load();
      return await new Promise((resolve, reject) => {
        const look = (): boolean => {
          const { engine: models } = session.getState();
          if (options?.signal?.aborted) reject(new VqaError('cancelled', 'The work was cancelled.'));
          else if (models.status === 'ready') resolve(models.report);
          else if (models.status === 'failed') reject(VqaError.fromReport(models.error));
          else return false;
          return true;
        };
        if (look()) return;
        const stop = session.subscribe(() => {
          if (look()) stop();
        });
      });
    },
  };
  const prefix = `second-${Math.random().toString(36).slice(2)}`;
  let photos = 0;
  const second = createSession(borrowed, {
    packUrl: '',
    newId: () => {
      photos += 1;
      return `${prefix}-${photos}`;
    },
  });
  seconds.set(tasks, second);
  return second;
}
