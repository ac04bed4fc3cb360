import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { halfValue } from '../checkpoint/dtype.ts';
import { createMemoryFolder } from './folder/memory-folder.ts';
import type { PlannedWeight } from './plan-weights.ts';
import { WEIGHT_BYTES, type WeightType } from './graph/skeleton.ts';
import { writeWeights, type WriteLimits } from './write-weights.ts';

/** A number that tells its place, small enough for every type. */
const numberAt = (row: number, column: number): number => ((row * 31 + column * 7) % 1000) / 8;

interface Shape {
  readonly name: string;
  readonly type: WeightType;
  readonly rows: number;
  readonly width: number;
  readonly isTransposed: boolean;
}

function planned({ name, type, rows, width, isTransposed }: Shape): PlannedWeight {
  const dims = isTransposed ? [width, rows] : [rows, width];
  return {
    values: { name, type, dims },
    scales: type === 'INT8' ? { name: `${name}:scale`, type: 'FLOAT', dims: [rows] } : null,
    rows,
    width,
    isTransposed,
    byteLength: rows * width * WEIGHT_BYTES[type],
    read: (from, to) =>
      Promise.resolve(
        Float32Array.from({ length: (to - from) * width }, (_, i) =>
          numberAt(from + Math.floor(i / width), i % width),
        ),
      ),
  };
}

async function write(shapes: readonly Shape[], limits?: WriteLimits) {
  const folder = createMemoryFolder();
  let bytes = 0;
  const written = await writeWeights(shapes.map(planned), {
    folder,
    stem: 'g.weights',
    ...(limits && { limits }),
    onBytes: (count) => {
      bytes += count;
    },
  });
  const contentOf = (name: string): DataView => {
    const { file, offset, length } = written.placements.get(name)!;
    const { buffer } = folder.files.get(file)!;
    return new DataView(buffer, offset, length);
  };
  return { ...written, folder, contentOf, bytes };
}

describe('weights in files', () => {
  it.each([
    ['FLOAT', false],
    ['FLOAT', true],
    ['FLOAT16', false],
    ['FLOAT16', true],
    ['INT8', false],
    ['INT8', true],
  ] as const)('of type %s, transposed %s, lie where they belong', async (type, isTransposed) => {
    const shape = { name: 'w', type, rows: 37, width: 19, isTransposed };
    const { contentOf } = await write([shape]);
    const view = contentOf('w');
    const scales = type === 'INT8' ? contentOf('w:scale') : null;
    for (let row = 0; row < shape.rows; row += 1) {
      for (let column = 0; column < shape.width; column += 1) {
        const index = isTransposed ? column * shape.rows + row : row * shape.width + column;
        const scale = scales?.getFloat32(4 * row, true) ?? 1;
        const stored = {
          FLOAT: () => view.getFloat32(4 * index, true),
          FLOAT16: () => halfValue(view.getUint16(2 * index, true)),
          INT8: () => view.getInt8(index) * scale,
        }[type]();
        expect(Math.abs(stored - numberAt(row, column))).toBeLessThanOrEqual(scales ? scale / 2 + 1e-4 : 0);
      }
    }
  });

  it('are split into files, and turned over in parts, where they are large', async () => {
    const limits = { fileBytes: 40_000, sliceNumbers: 500, blockBytes: 7_000 };
    const turned = { name: 'turned', type: 'FLOAT', rows: 83, width: 101, isTransposed: true } as const;
    const plain = { name: 'plain', type: 'FLOAT', rows: 70, width: 41, isTransposed: false } as const;
    const huge = { name: 'huge', type: 'FLOAT', rows: 101, width: 101, isTransposed: false } as const;
    const { files, folder, contentOf, placements, bytes } = await write([turned, plain, huge], limits);
    expect(files.map(({ path }) => path)).toEqual(['g.weights-0.bin', 'g.weights-1.bin', 'g.weights-2.bin']);
    for (const { path, bytes: length, sha256 } of files) {
      const content = folder.files.get(path)!;
      expect(content).toHaveLength(length);
      expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
    }
    expect(bytes).toBe(4 * (83 * 101 + 70 * 41 + 101 * 101));
    expect(placements.get('plain')).toEqual({
      file: 'g.weights-1.bin',
      offset: 0,
      length: 4 * 70 * 41,
      dims: [70, 41],
    });
    const view = contentOf('turned');
    for (let place = 0; place < 83 * 101; place += 1) {
      expect(view.getFloat32(4 * place, true)).toBe(numberAt(place % 83, Math.floor(place / 83)));
    }
    expect(contentOf('huge').getFloat32(4 * 101 * 100, true)).toBe(numberAt(100, 0));
  });

  it('begin at multiples of 64 bytes', async () => {
    const odd = { type: 'INT8', rows: 3, width: 3, isTransposed: false } as const;
    const { placements } = await write([
      { ...odd, name: 'a' },
      { ...odd, name: 'b' },
    ]);
    expect([...placements.values()].map(({ offset }) => offset)).toEqual([0, 64, 128, 192]);
  });
});
