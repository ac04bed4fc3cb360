import { describe, expect, it } from 'vitest';
import { neededInOrder } from './needed-nodes.ts';
import { bytesField, readFields, textField, textOf, writeFields } from './protobuf.ts';

const GRAPH = 7;
const NODE = 1;
const INITIALIZER = 5;
const OUTPUT = 12;

function model(
  nodes: readonly (readonly [reads: readonly string[], writes: string])[],
  initializers: readonly string[],
  outputs: readonly string[],
): Uint8Array {
  return writeFields([
    bytesField(
      GRAPH,
      writeFields([
        ...nodes.map(([reads, writes]) =>
          bytesField(NODE, writeFields([...reads.map((name) => textField(1, name)), textField(2, writes)])),
        ),
        ...initializers.map((name) => bytesField(INITIALIZER, writeFields([textField(8, name)]))),
        ...outputs.map((name) => bytesField(OUTPUT, writeFields([textField(1, name)]))),
      ]),
    ),
    textField(2, 'a producer'),
  ]);
}

function namesOf(content: Uint8Array, number: number, name: number): readonly string[] {
  return readFields(readFields(content)[0]!.bytes)
    .filter((field) => field.number === number)
    .map(({ bytes }) => textOf(readFields(bytes), name));
}

describe('neededInOrder', () => {
  const content = neededInOrder(
    model(
      [
        [['input', 'weight'], 'there.1'],
        [['back.2', 'there.1'], 'back.1'],
        [['there.1'], 'there.2'],
        [['back.1', 'unread weight'], 'of the input'],
        [['there.2'], 'back.2'],
      ],
      ['weight', 'unread weight'],
      ['there.2', 'back.1'],
    ),
  );

  it('puts every node behind those that it reads, and leaves out what no output needs', () => {
    expect(namesOf(content, NODE, 2)).toEqual(['there.1', 'there.2', 'back.2', 'back.1']);
  });

  it('leaves out what no node reads', () => {
    expect(namesOf(content, INITIALIZER, 8)).toEqual(['weight']);
  });

  it('keeps outputs and what is no graph', () => {
    expect(namesOf(content, OUTPUT, 1)).toEqual(['there.2', 'back.1']);
    expect(textOf(readFields(content), 2)).toBe('a producer');
  });
});
