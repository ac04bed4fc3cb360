// @vitest-environment node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { VqaError } from '../core/errors.ts';
import { blobSource, bytesSource } from './byte-source.ts';
import { openCheckpoint } from './open-checkpoint.ts';
import { readFloats, readRows, readTensor } from './read-tensor.ts';

const FOLDER = join(import.meta.dirname, '../../models/fixtures/checkpoints');

/** No divisor of any field's length. */
const CUT_STEP = 7;
const MOST_CHANGES = 1_000;
const CHANGES = [0x01, 0x80, 0xff];

interface Expected {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly values: readonly (number | string)[];
}

const expected: Readonly<Record<string, Readonly<Record<string, Expected>>>> = JSON.parse(
  readFileSync(join(FOLDER, 'expected.json'), 'utf8'),
);
const contentOf = (file: string) => new Uint8Array(readFileSync(join(FOLDER, file)));

const FORMATS = [
  ['zip.pt', 'PyTorch zip'],
  ['stream.pt', 'PyTorch stream'],
  ['plain.safetensors', 'safetensors'],
  ['settings.pt', 'PyTorch zip'],
  ['arrays-protocol-2.pkl', 'pickled arrays'],
  ['arrays-protocol-3.pkl', 'pickled arrays'],
  ['arrays-protocol-4.pkl', 'pickled arrays'],
  ['arrays-protocol-5.pkl', 'pickled arrays'],
] as const;

describe.each(FORMATS)('%s', (file, format) => {
  it('gives every tensor as Python wrote it', async () => {
    const checkpoint = await openCheckpoint(blobSource(file, new Blob([contentOf(file)])));
    expect(checkpoint.format).toBe(format);
    const found: Record<string, Expected> = {};
    for (const [name, tensor] of checkpoint.tensors) {
      const values = Array.from(await readTensor(tensor), Number);
      found[name] = {
        dtype: tensor.storage.dtype,
        shape: tensor.shape,
        values: values.map((value) => (Number.isFinite(value) ? value : value > 0 ? 'inf' : '-inf')),
      };
    }
    expect(found).toEqual(expected[file]);
  });

  it('cut anywhere, fails with a reason', async () => {
    const content = contentOf(file);
    const wrong: string[] = [];
    for (let length = 0; length < content.length; length += CUT_STEP) {
      const reason = await reasonOf(file, content.slice(0, length));
      if (!reason.startsWith('checkpoint-')) wrong.push(`${length} bytes: ${reason}`);
    }
    expect(wrong).toEqual([]);
  });

  it('with a byte changed, gives numbers or a reason', async () => {
    const content = contentOf(file);
    const wrong: string[] = [];
    const step = Math.ceil(content.length / MOST_CHANGES);
    for (let index = 0; index < content.length; index += step) {
      const damaged = content.slice();
      damaged[index] = damaged[index]! ^ CHANGES[index % CHANGES.length]!;
      const reason = await reasonOf(file, damaged);
      if (!/^(?:checkpoint-|read$)/u.test(reason)) wrong.push(`byte ${index}: ${reason}`);
    }
    expect(wrong).toEqual([]);
  });
});

it('gives some rows of a tensor as it gives all of them', async () => {
  const { tensors } = await openCheckpoint(bytesSource('zip.pt', contentOf('zip.pt')));
  for (const name of ['shared.whole', 'shared.transposed', 'shared.block', 'layer.0.weight', 'F64']) {
    const tensor = tensors.get(name)!;
    const width = tensor.shape[1]!;
    const all = await readFloats(tensor);
    expect([...(await readRows(tensor, 1, 2))], name).toEqual([...all.subarray(width, 2 * width)]);
  }
});

const latin1 = (text: string) => Uint8Array.from(text, (letter) => letter.codePointAt(0)!);
const u32 = (value: number) => new Uint8Array(Uint32Array.of(value).buffer);

it('reads a long array that protocol 2 wrote as text', async () => {
  const count = 70_000;
  const letters = Array.from({ length: count }, (_, index) => String.fromCodePoint(index % 256)).join('');
  const utf8 = new TextEncoder().encode(letters);
  // {"a": array}, as pickle.dumps(…, 2) writes it: the array's state is (1, (count,), dtype('u1'), False, bytes).
  const parts = [
    latin1('\u0080\u0002}X\u0001\0\0\0acnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\0\u0085'),
    latin1('c_codecs\nencode\nX\u0001\0\0\0bX\u0006\0\0\0latin1\u0086R\u0087R(K\u0001J'),
    u32(count),
    latin1('\u0085cnumpy\ndtype\nX\u0002\0\0\0u1K\0K\u0001\u0087R\u0089c_codecs\nencode\nX'),
    u32(utf8.length),
    utf8,
    latin1('X\u0006\0\0\0latin1\u0086Rtbs.'),
  ];
  const content = new Uint8Array(await new Blob(parts).arrayBuffer());
  const { tensors } = await openCheckpoint(bytesSource('arrays.pkl', content));
  const values = await readTensor(tensors.get('a')!);
  expect([...values.subarray(250, 262)]).toEqual([250, 251, 252, 253, 254, 255, 0, 1, 2, 3, 4, 5]);
  expect(values).toHaveLength(count);
});

it('says what to save of a whole model', async () => {
  // An instance of a class of somebody's program, by copyreg's newobj.
  const content = Uint8Array.from('\u0080\u0002c__main__\nNet\n)\u0081}b.', (letter) =>
    letter.codePointAt(0)!,
  );
  const opening = openCheckpoint(bytesSource('model.pt', content));
  await expect(opening).rejects.toMatchObject({ code: 'checkpoint-unsupported' });
  await expect(opening).rejects.toThrow('save model.state_dict() instead');
});

it('notices a number that has changed since the archive was written', async () => {
  const content = contentOf('zip.pt');
  const numbers = (await openCheckpoint(bytesSource('zip.pt', content))).tensors.get('F32')!;
  const first = new Uint8Array((await readFloats(numbers)).slice(0, 2).buffer);
  const place = content.findIndex((_, at) => first.every((byte, index) => content[at + index] === byte));
  content[place] = content[place]! ^ 1;
  const { tensors } = await openCheckpoint(bytesSource('zip.pt', content));
  await expect(readTensor(tensors.get('F32')!)).rejects.toThrow('is damaged: its checksum is');
});

it.each([
  ['nothing', '', 'checkpoint-invalid', '0 bytes'],
  ['a web page', '<!doctype html><html>', 'checkpoint-unsupported', 'neither a PyTorch file nor safetensors'],
  // cos\nsystem\n(X\x02\0\0\0lstR.
  [
    'a pickle that runs a command',
    '\u0080\u0002cos\nsystem\n(X\u0002\0\0\0lstR.',
    'checkpoint-unsupported',
    'os.system',
  ],
  [
    'one by a newer operation',
    '\u0080\u0004\u008c\u0002os\u008c\u0006system\u0093)R.',
    'checkpoint-unsupported',
    'os.system',
  ],
  ['one of an eval', '\u0080\u0002cbuiltins\neval\n)R.', 'checkpoint-unsupported', 'builtins.eval'],
  [
    'one of a list',
    '\u0080\u0002]q\u0000.       ',
    'checkpoint-unsupported',
    'no tensors by name; it holds no dict',
  ],
  [
    'one without an end',
    '\u0080\u0002' + '('.repeat(2_000),
    'checkpoint-invalid',
    'nested more than 1000 deep',
  ],
  [
    'one that recalls what it never stored',
    '\u0080\u0002h\u0007.     ',
    'checkpoint-invalid',
    'recalls value 7',
  ],
  [
    'one that contains itself',
    '\u0080\u0002}q\0X\u0001\0\0\0ah\0s.',
    'checkpoint-unsupported',
    'it holds "a"',
  ],
  [
    'one of a huge number',
    '\u0080\u0002\u008b\u00ff\u00ff\u00ff\u007f    ',
    'checkpoint-invalid',
    'at most 16',
  ],
  [
    'one of a huge text',
    '\u0080\u0004\u008d\0\0\0\0\0\0\0\u0010.',
    'checkpoint-invalid',
    'goes on for 1152921504606847000 bytes',
  ],
  [
    'one of huge bytes',
    '\u0080\u0004\u008e\0\0\0\0\0\0\0\u0010.',
    'checkpoint-invalid',
    'goes on for 1152921504606847000 bytes',
  ],
])('refuses %s', async (_what, content, code, message) => {
  const source = bytesSource(
    'weights.bin',
    Uint8Array.from(content, (character) => character.charCodeAt(0)),
  );
  const opening = openCheckpoint(source);
  await expect(opening).rejects.toMatchObject({ code });
  await expect(opening).rejects.toThrow(message);
});

it.each([
  [{ a: { dtype: 'F32', shape: [2 ** 30, 2 ** 30], data_offsets: [0, 4] } }, 'must be'],
  [{ a: { dtype: 'F32', shape: [-1, -1], data_offsets: [0, 4] } }, 'must be whole and not negative'],
  [{ a: { dtype: 'F32', shape: [1], data_offsets: [0, 2 ** 60] } }, 'would take 1152921504606847000 bytes'],
  [{ a: { dtype: 'F32', shape: [1], data_offsets: [-4, 0] } }, 'must be'],
  [{ a: { dtype: 'F8_E5M2', shape: [1], data_offsets: [0, 1] } }, 'F8_E5M2 numbers'],
  [{ a: { dtype: 'F32', shape: 'big', data_offsets: [0, 4] } }, 'must be a list'],
  [
    {
      a: { dtype: 'U8', shape: [3], data_offsets: [0, 3] },
      b: { dtype: 'U8', shape: [3], data_offsets: [2, 5] },
    },
    'b overlaps a',
  ],
])('refuses a safetensors header %j', async (header, message) => {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const content = new Uint8Array(8 + text.length + 8);
  new DataView(content.buffer).setBigUint64(0, BigInt(text.length), true);
  content.set(text, 8);
  await expect(openCheckpoint(bytesSource('weights.safetensors', content))).rejects.toThrow(message);
});

/** The code of the failure, or `read`; any failure but a `VqaError` is shown as it is. */
async function reasonOf(file: string, content: Uint8Array<ArrayBuffer>): Promise<string> {
  try {
    const checkpoint = await openCheckpoint(bytesSource(file, content));
    for (const tensor of checkpoint.tensors.values()) await readTensor(tensor);
    return 'read';
  } catch (thrown) {
    return thrown instanceof VqaError ? thrown.code : String(thrown);
  }
}
