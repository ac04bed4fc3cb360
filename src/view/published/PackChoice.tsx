/** Which of the published weights, and how they are stored. */
import { PRECISIONS, type Precision, type PublishedPack, type StoredAs } from '../../core/published.ts';
import { megabytes } from '../../core/megabytes.ts';

interface PackChoiceProps {
  readonly packs: readonly PublishedPack[];
  readonly id: string;
  readonly onChoose: (id: string) => void;
}

export function PackChoice({ packs, id, onChoose }: PackChoiceProps) {
  return (
    <fieldset className="pack-choice">
      <legend>Weights</legend>
      {packs.map((pack) => (
        <label key={pack.id} className="pack-option">
          <input
            type="radio"
            name="published-pack"
            checked={pack.id === id}
            onChange={() => onChoose(pack.id)}
          />
          <strong>{pack.name}</strong>
          <span className="aside">{pack.description}</span>
        </label>
      ))}
    </fieldset>
  );
}

const PRECISION_WORDS: Readonly<Record<Precision, string>> = {
  int8: 'Bytes, for WASM: smallest and fastest there; answers shift a little, and none is explained by gradients',
  fp16: 'Half precision, for WebGPU: close to the original, gradients too',
  fp32: 'Single precision: the original numbers, gradients too, the most memory',
};

interface PrecisionChoiceProps extends StoredAs {
  readonly pack: PublishedPack;
  readonly onChoose: (precision: Precision) => void;
  readonly onExactDetector: (isExact: boolean) => void;
}

export function PrecisionChoice({
  pack,
  precision,
  exactDetector = false,
  onChoose,
  onExactDetector,
}: PrecisionChoiceProps) {
  return (
    <fieldset className="pack-choice">
      <legend>Precision</legend>
      {PRECISIONS.map((option) => (
        <label key={option} className="pack-option">
          <input
            type="radio"
            name="precision"
            checked={option === precision}
            onChange={() => onChoose(option)}
          />
          <strong>
            {option}, {megabytes(pack.packBytes[option])}
          </strong>
          <span className="aside">{PRECISION_WORDS[option]}</span>
        </label>
      ))}
      {precision !== 'fp32' && (
        <label className="check">
          <input
            type="checkbox"
            checked={exactDetector}
            onChange={(event) => onExactDetector(event.target.checked)}
          />
          Keep the detector in single precision ({megabytes(pack.exactDetectorBytes)} more), so that it finds
          the same regions as the original
        </label>
      )}
    </fieldset>
  );
}
