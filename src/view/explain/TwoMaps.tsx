/** Two explanations of one answer side by side, in the same picture and on the same scale. */
import { useMemo } from 'react';
import type { Abilities } from '../../core/explanation.ts';
import { METHODS, METHOD_IDS } from '../../explain/registry.ts';
import { besideInquiry, selectExplanation } from '../../session/inquiry/select-explanation.ts';
import { showExplanation, type ShownExplanation } from '../../session/inquiry/show-explanation.ts';
import { photoSentence, rankingName } from '../../session/words/explanation-words.ts';
import { BlobImage } from '../BlobImage.tsx';
import { WeightCanvas } from '../image/WeightCanvas.tsx';
import { useLab, useLabActions } from '../lab-context.ts';
import { ErrorNote } from '../status/ErrorNote.tsx';

interface TwoMapsProps {
  readonly abilities: Abilities;
  /** The one on the photo. */
  readonly shown: ShownExplanation;
}

export function TwoMaps({ abilities, shown }: TwoMapsProps) {
  const beside = useLab((lab) => lab.beside);
  const { compareWith } = useLabActions();
  return (
    <section className="two-maps" aria-label="Two maps side by side">
      <label className="field inline">
        <span>Compare with</span>
        <select
          value={beside ?? ''}
          onChange={({ target }) =>
            void compareWith(METHOD_IDS.find((method) => method === target.value) ?? null)
          }
        >
          <option value="">nothing</option>
          {METHODS.filter(({ id }) => abilities.methods.includes(id)).map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {beside !== null && (
        <div className="two-maps-pair">
          <OneMap shown={shown} />
          <OtherMap abilities={abilities} />
        </div>
      )}
    </section>
  );
}

function OtherMap({ abilities }: Pick<TwoMapsProps, 'abilities'>) {
  const exchange = useLab((lab) => lab.exchange);
  const chosen = useLab((lab) => lab.inquiry);
  const beside = useLab((lab) => lab.beside);
  const inquiry = useMemo(() => besideInquiry({ inquiry: chosen, beside }), [chosen, beside]);
  const explanations = useLab((lab) => lab.explanations);
  const other = useMemo(
    () => showExplanation({ exchange, inquiry, explanations }, abilities),
    [exchange, inquiry, explanations, abilities],
  );
  const work = selectExplanation({ inquiry, explanations }, abilities);
  if (other) return <OneMap shown={other} />;
  return work.status === 'failed' ? (
    <ErrorNote error={work.error} />
  ) : (
    <p className="aside">Working it out…</p>
  );
}

function OneMap({ shown }: Pick<TwoMapsProps, 'shown'>) {
  const picture = useLab((lab) => lab.picture);
  const { scene, photo } = shown.exchange;
  return (
    <figure>
      <div
        className="stage-frame"
        data-picture={picture}
        style={{ '--ratio': scene.size.width / scene.size.height }}
      >
        <BlobImage className="stage-photo" blob={photo.blob} alt="" />
        <WeightCanvas scene={scene} heat={shown.regions} picture={picture} />
      </div>
      <figcaption>
        <strong>{rankingName(shown.method)}</strong> {photoSentence(shown)}
      </figcaption>
    </figure>
  );
}
