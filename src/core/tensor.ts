/** Dense tensors whose axis names are part of their type. */

/** Row-major `data` with `dims.length === axes.length`; `Axes` exists for the type checker alone. */
export interface Tensor<Axes extends readonly string[], Data extends TensorData = Float32Array> {
  readonly dims: { readonly [K in keyof Axes]: number };
  readonly data: Data;
  /** Never present at run time: makes tensors with other axis names incompatible. */
  readonly axes?: Axes;
}

export type TensorData = Float32Array | Int32Array;

/**
 * Wraps `data` as a tensor.
 * @throws RangeError when the product of `dims` is not `data.length`.
 */
export function tensor<const Axes extends readonly string[], Data extends TensorData = Float32Array>(
  dims: { readonly [K in keyof Axes]: number },
  data: Data,
): Tensor<Axes, Data> {
  const size = (dims as readonly number[]).reduce((product, length) => product * length, 1);
  if (size !== data.length) {
    throw new RangeError(
      `tensor of ${(dims as readonly number[]).join('×')} needs ${size} values, got ${data.length}`,
    );
  }
  return { dims, data };
}

/**
 * Names the axes of values whose dims are only known at run time.
 * @throws RangeError when there are more or fewer axes than names.
 */
export function withAxes<const Axes extends readonly string[]>(
  axes: Axes,
  values: { readonly dims: readonly number[]; readonly data: Float32Array },
): Tensor<Axes> {
  const { dims, data } = values;
  if (!hasAxes(dims, axes)) {
    throw new RangeError(`tensor of ${dims.join('×')} has ${dims.length} axes, expected ${axes.join(', ')}`);
  }
  return tensor<Axes>(dims, data);
}

function hasAxes<Axes extends readonly string[]>(
  dims: readonly number[],
  axes: Axes,
): dims is readonly number[] & { readonly [K in keyof Axes]: number } {
  return dims.length === axes.length;
}
