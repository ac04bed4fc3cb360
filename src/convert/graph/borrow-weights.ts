/** Weights that a graph has in the files of other graphs of its pack, so that they are there once. */
import { VqaError } from '../../core/errors.ts';
import type { Folder } from '../folder/folder.ts';
import { placementsIn, type Hole, type Placement } from './skeleton.ts';

/**
 * Where the weights of a graph lie already.
 * @param lenders graphs that are written
 * @throws VqaError `pack-invalid` where none of them has a weight of that name and type
 */
export async function borrowWeights(
  file: string,
  holes: readonly Hole[],
  lenders: readonly string[],
  folder: Folder,
): Promise<ReadonlyMap<string, Placement>> {
  const lent = new Map<string, Placement & Pick<Hole, 'type'>>();
  for (const lender of lenders) {
    const source = await folder.open(lender);
    const content = await source.read(0, source.size);
    for (const [name, placement] of placementsIn(content, lender)) lent.set(name, placement);
  }
  return new Map(
    holes.map(({ name, type }) => {
      const found = lent.get(name);
      if (found === undefined || found.type !== type) {
        throw new VqaError(
          'pack-invalid',
          `${file} borrows ${name} of ${lenders.join(', ')}, which ${found === undefined ? 'do not have it' : `have it as ${found.type}, not ${type}`}.`,
        );
      }
      return [name, found];
    }),
  );
}
