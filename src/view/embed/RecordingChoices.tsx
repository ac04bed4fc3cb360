/** What goes into the file of a recording. */
import type { Exchange } from '../../session/work/state.ts';

interface RecordingChoicesProps {
  /** Pixels of the longer side; null leaves the photo out. */
  readonly photoSide: number | null;
  readonly onPhotoSide: (side: number | null) => void;
  /** Goes in always. */
  readonly shown: Exchange;
  /** Asked about the same photo. */
  readonly others: readonly Exchange[];
  /** Ids of those that are left out. */
  readonly left: ReadonlySet<number>;
  readonly onLeft: (left: ReadonlySet<number>) => void;
}

const SIDES: readonly { readonly side: number | null; readonly name: string }[] = [
  { side: null, name: 'No photo' },
  { side: 320, name: '320 px' },
  { side: 480, name: '480 px' },
  { side: 640, name: '640 px' },
];

export function RecordingChoices(props: RecordingChoicesProps) {
  const { photoSide, onPhotoSide, shown, others, left, onLeft } = props;
  const toggle = (id: number) => {
    const next = new Set(left);
    if (!next.delete(id)) next.add(id);
    onLeft(next);
  };
  return (
    <>
      <fieldset className="segments embed-photo">
        <legend>The photo in the file</legend>
        {SIDES.map(({ side, name }) => (
          <label key={name}>
            <input
              type="radio"
              name="embed-photo"
              checked={photoSide === side}
              onChange={() => onPhotoSide(side)}
            />
            <span>{name}</span>
          </label>
        ))}
      </fieldset>
      <fieldset className="embed-questions">
        <legend>Questions in the file</legend>
        {[shown, ...others].map(({ id, prediction }) => (
          <label key={id} className="check">
            <input
              type="checkbox"
              checked={id === shown.id || !left.has(id)}
              disabled={id === shown.id}
              onChange={() => toggle(id)}
            />
            <span>{prediction.question}</span>
          </label>
        ))}
      </fieldset>
    </>
  );
}
