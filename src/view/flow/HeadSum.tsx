import type { ShownRow } from './head-row.ts';

/** Terms of the sum that are written out. */
const WRITTEN_TERMS = 3;

interface HeadSumProps {
  readonly row: ShownRow;
  /** Whose row it is. */
  readonly name: string;
}

/** The last step, written out: values times weights, summed up, and how long the vector is that comes of it. */
export function HeadSum({ row: { steps, sum }, name }: HeadSumProps) {
  return (
    <p className="head-sum">
      {name} ←{' '}
      {steps.slice(0, WRITTEN_TERMS).map(({ key, weight }, index) => (
        <span key={key}>
          {index > 0 && ' + '}
          {weight.toFixed(3)} <i>v</i>
          <sub>{key + 1}</sub>
        </span>
      ))}
      {steps.length > WRITTEN_TERMS && ' + …'}
      {sum && (
        <>
          , <span className="head-sum-length">a vector {sum.length.toFixed(3)} long</span>
        </>
      )}
    </p>
  );
}
