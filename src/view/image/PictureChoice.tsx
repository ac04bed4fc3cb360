/** Chooses how weights lie over the photo. */
import { PICTURE_MODE_NAMES, PICTURE_MODES } from '../../core/picture.ts';
import { useLab, useLabActions } from '../lab-context.ts';

export function PictureChoice() {
  const picture = useLab((lab) => lab.picture);
  const { choosePicture } = useLabActions();
  return (
    <label className="field picture-choice">
      <span>Picture</span>
      <select
        value={picture}
        onChange={({ target }) => {
          const chosen = PICTURE_MODES.find((mode) => mode === target.value);
          if (chosen) choosePicture(chosen);
        }}
      >
        {PICTURE_MODES.map((mode) => (
          <option key={mode} value={mode}>
            {PICTURE_MODE_NAMES[mode]}
          </option>
        ))}
      </select>
    </label>
  );
}
