/** Module, layer and head of the attention on screen. */
import { reachesAnswer, type AttentionSlice } from '../../session/select-attention.ts';
import { useActions, useSessionState } from '../session-context.ts';
import { MODULES } from '../../session/attention-words.ts';

interface AttentionControlsProps {
  readonly slice: AttentionSlice;
  readonly isScaleShared: boolean;
  readonly onShareScale: (isShared: boolean) => void;
}

export function AttentionControls({ slice, isScaleShared, onShareScale }: AttentionControlsProps) {
  const { showAttention } = useActions();
  const module = useSessionState((state) => state.attentionView.module);
  return (
    <div className="attention-controls">
      <label className="field">
        <span>Attention</span>
        <select
          value={module}
          onChange={(event) => {
            const chosen = MODULES.find((each) => each.module === event.target.value);
            if (chosen) showAttention({ module: chosen.module });
          }}
        >
          {MODULES.map((each) => (
            <option key={each.module} value={each.module}>
              {each.name}
            </option>
          ))}
        </select>
      </label>
      <NumberChoice
        name="Layer"
        count={slice.layers}
        chosen={slice.layer}
        onChoose={(layer) => showAttention({ layer })}
      />
      <NumberChoice
        name="Head"
        count={slice.heads}
        chosen={slice.head}
        withMean
        onChoose={(head) => showAttention({ head })}
        onChooseMean={() => showAttention({ head: 'mean' })}
      />
      <label className="check">
        <input
          type="checkbox"
          checked={isScaleShared}
          onChange={(event) => onShareScale(event.target.checked)}
        />
        <span>Same scale for all rows</span>
      </label>
      {!reachesAnswer(module, slice) && (
        <p className="attention-caveat">
          The answer is read from the words, so what regions take up in this last layer cannot change it.
        </p>
      )}
    </div>
  );
}

interface NumberChoiceProps {
  readonly name: string;
  readonly count: number;
  readonly chosen: number | 'mean';
  readonly withMean?: boolean;
  readonly onChoose: (index: number) => void;
  readonly onChooseMean?: () => void;
}

/** Numbered buttons, of which one is on; counted from 1 as people count. */
function NumberChoice({ name, count, chosen, withMean = false, onChoose, onChooseMean }: NumberChoiceProps) {
  return (
    <fieldset className="number-choice">
      <legend>{name}</legend>
      {withMean && (
        <label>
          <input type="radio" name={name} checked={chosen === 'mean'} onChange={() => onChooseMean?.()} />
          <span>mean</span>
        </label>
      )}
      {Array.from({ length: count }, (_, index) => (
        <label key={index}>
          <input type="radio" name={name} checked={chosen === index} onChange={() => onChoose(index)} />
          <span>{index + 1}</span>
        </label>
      ))}
    </fieldset>
  );
}
