// @vitest-environment node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { borrowWeights } from './borrow-weights.ts';
import { writeFile } from '../folder/folder.ts';
import { createMemoryFolder, type MemoryFolder } from '../folder/memory-folder.ts';
import { readSkeleton, type Placement, type Skeleton } from './skeleton.ts';

function shipped(name: string): Skeleton {
  const path = join(import.meta.dirname, '../../../public/published/lxmert', name);
  return readSkeleton(new Uint8Array(readFileSync(path)), name);
}

const FP16 = shipped('matching.fp16.onnx');
const LENDER = 'lxmert-matching.onnx';

function placed({ holes }: Skeleton): Map<string, Placement> {
  return new Map(
    holes.map(({ name, dims }, index) => [
      name,
      { file: `weights-${index}.bin`, offset: 64 * index, length: 7, dims },
    ]),
  );
}

async function written(skeleton: Skeleton): Promise<MemoryFolder> {
  const folder = createMemoryFolder();
  await writeFile(folder, LENDER, skeleton.place(placed(skeleton), new Map()));
  return folder;
}

describe('borrowed weights', () => {
  it('lie where the lender has them', async () => {
    const found = await borrowWeights('borrower.onnx', FP16.holes, [LENDER], await written(FP16));
    expect(found.size).toBe(2);
    for (const [name, placement] of placed(FP16)) expect(found.get(name)).toMatchObject(placement);
  });

  it('are refused that no lender has, or has in another precision', async () => {
    const folder = await written(FP16);
    const [hole] = FP16.holes;
    const other = { ...hole!, name: 'another.weight' };
    await expect(borrowWeights('borrower.onnx', [other], [LENDER], folder)).rejects.toMatchObject({
      code: 'pack-invalid',
      message: expect.stringMatching(
        /another\.weight of lxmert-matching\.onnx, which do not have it/u,
      ) as unknown,
    });
    const fp32 = shipped('matching.fp32.onnx').holes;
    await expect(borrowWeights('borrower.onnx', fp32, [LENDER], folder)).rejects.toMatchObject({
      message: expect.stringMatching(/as FLOAT16, not FLOAT/u) as unknown,
    });
  });
});
