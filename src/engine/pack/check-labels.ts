/** Whether a pack's lists of names belong to what its graphs give. */
import { VqaError } from '../../core/errors.ts';
import type { ModelPack } from '../../core/pack/pack.ts';

/**
 * A list must be as long as the axis that it names, or every name would be another one's.
 * @param width of the axis, as a graph gives it
 * @throws VqaError `pack-invalid`
 */
export function checkLabelCount(
  labels: Partial<ModelPack['labels']>,
  list: keyof ModelPack['labels'],
  width: number,
): void {
  const length = labels[list]?.length;
  if (length === width) return;
  throw new VqaError('pack-invalid', `labels.${list} is a list of ${length}, must be one of ${width}`);
}
