// @vitest-environment node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { VqaError } from '../../core/errors.ts';
import {
  bytesField,
  integersOf,
  readFields,
  textField,
  textOf,
  varintField,
  writeFields,
} from './protobuf.ts';
import { readSkeleton, type Placement } from './skeleton.ts';

const SHIPPED = join(import.meta.dirname, '../../../public/published/lxmert/matching.int8.onnx');
const content = new Uint8Array(readFileSync(SHIPPED));

const MOST_CUTS = 400;

describe('protocol buffers', () => {
  it('come out of reading and writing as they were', () => {
    expect(writeFields(readFields(content))).toEqual(content);
  });

  it('keep numbers of 64 bits, packed or not', () => {
    const large = 2 ** 53 - 1;
    const fields = [varintField(3, 300), varintField(3, large), textField(4, 'añb')];
    const read = readFields(writeFields(fields));
    expect(integersOf(read, 3)).toEqual([300, large]);
    expect(textOf(read, 4)).toBe('añb');
    // 300 and 1, one behind the other.
    expect(integersOf([bytesField(3, Uint8Array.of(0xac, 0x02, 0x01))], 3)).toEqual([300, 1]);
    // −1 has all 64 bits.
    const minusOne = Uint8Array.of(...Array.from({ length: 9 }, () => 0xff), 0x01);
    expect(integersOf([bytesField(3, minusOne)], 3)).toEqual([-1]);
  });

  it('cut anywhere, are refused or read as far as they go', () => {
    const wrong: string[] = [];
    const step = Math.ceil(content.length / MOST_CUTS);
    for (let length = 1; length < content.length; length += step) {
      try {
        readSkeleton(content.subarray(0, length), 'cut.onnx');
      } catch (thrown) {
        if (!(thrown instanceof VqaError) || thrown.code !== 'pack-invalid')
          wrong.push(`${length}: ${String(thrown)}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe('a skeleton', () => {
  const skeleton = readSkeleton(content, 'matching.onnx');
  const { holes } = skeleton;
  const placements = new Map<string, Placement>(
    holes.map(({ name }, index) => [
      name,
      { file: 'w.bin', offset: 64 * index, length: 8, dims: [index + 1, 2] },
    ]),
  );

  it('tells its holes', () => {
    expect(holes.length).toBeGreaterThan(0);
    for (const { name, dims } of holes) {
      expect(name).not.toBe('');
      expect(dims.every((dim) => dim > 0)).toBe(true);
    }
  });

  it('takes new places and dims, and leaves the rest alone', () => {
    const filled = readSkeleton(skeleton.place(placements, new Map()), 'matching.onnx');
    expect(filled.holes.map(({ name, type }) => [name, type])).toEqual(
      holes.map(({ name, type }) => [name, type]),
    );
    expect(filled.holes.map(({ dims }) => dims)).toEqual(holes.map((_, index) => [index + 1, 2]));
    const text = new TextDecoder('latin1').decode(skeleton.place(placements, new Map()));
    expect(text.split('w.bin')).toHaveLength(holes.length + 1);
  });

  it('is not filled while a weight has no place', () => {
    expect(() => skeleton.place(new Map(), new Map())).toThrow(
      /matching\.onnx needs .*, which has no place\./u,
    );
  });

  it.each([
    ['nothing', new Uint8Array(0)],
    ['a web page', new TextEncoder().encode('<!doctype html>')],
  ])('is not read out of %s', (_what, bytes) => {
    expect(() => readSkeleton(bytes, 'page.onnx')).toThrow(VqaError);
  });
});
