/** The operations of Python's pickles that a state dict needs, by their code. */
import type { PickleMachine } from './pickle-machine.ts';
import { PickleDict, PickleList, PickleOpaque, PickleTuple } from './pickle-values.ts';

type PickleOperation = (machine: PickleMachine) => void | Promise<void>;

export const STOP = 0x2e;
/** The newest protocol there is. */
const MAX_PROTOCOL = 5;

const PROTOCOL_AND_FRAMES: readonly (readonly [number, PickleOperation])[] = [
  [
    0x80,
    ({ cursor }) => {
      const protocol = cursor.u8();
      if (protocol > MAX_PROTOCOL) cursor.fail(`is of protocol ${protocol}, at most ${MAX_PROTOCOL} is read`);
    },
  ],
  // A frame says how much may be read at once; nothing depends on it.
  [0x95, ({ cursor }) => cursor.skip(Math.min(8, cursor.left))],
];

const ATOMS: readonly (readonly [number, PickleOperation])[] = [
  [0x4e, (machine) => machine.push(null)],
  [0x88, (machine) => machine.push(true)],
  [0x89, (machine) => machine.push(false)],
  [0x4b, (machine) => machine.push(machine.cursor.u8())],
  [0x4d, (machine) => machine.push(machine.cursor.u16())],
  [0x4a, (machine) => machine.push(machine.cursor.i32())],
  [0x8a, (machine) => machine.integer(machine.cursor.u8())],
  [0x8b, (machine) => machine.integer(machine.cursor.u32())],
  [0x47, (machine) => machine.push(machine.cursor.f64BigEndian())],
  [0x58, (machine) => machine.text(machine.cursor.u32())],
  [0x8c, (machine) => machine.text(machine.cursor.u8())],
  [0x8d, (machine) => machine.text(machine.cursor.u64())],
  [0x55, (machine) => machine.byteText(machine.cursor.u8())],
  [0x54, (machine) => machine.byteText(machine.cursor.u32())],
  [0x42, (machine) => machine.bytes(machine.cursor.u32())],
  [0x43, (machine) => machine.bytes(machine.cursor.u8())],
  [0x8e, (machine) => machine.bytes(machine.cursor.u64())],
  [0x96, (machine) => machine.bytes(machine.cursor.u64())],
];

const CONTAINERS: readonly (readonly [number, PickleOperation])[] = [
  [0x28, (machine) => machine.mark()],
  [0x7d, (machine) => machine.push(new PickleDict())],
  [0x5d, (machine) => machine.push(new PickleList())],
  // Sets say nothing about numbers.
  [0x8f, (machine) => machine.push(new PickleOpaque())],
  [0x90, (machine) => machine.append(machine.popMarked())],
  [
    0x91,
    (machine) => {
      machine.popMarked();
      machine.push(new PickleOpaque());
    },
  ],
  [0x29, (machine) => machine.push(new PickleTuple([]))],
  [0x74, (machine) => machine.push(new PickleTuple(machine.popMarked()))],
  [0x85, (machine) => pushTuple(machine, 1)],
  [0x86, (machine) => pushTuple(machine, 2)],
  [0x87, (machine) => pushTuple(machine, 3)],
  [0x73, (machine) => machine.setItems([machine.pop(), machine.pop()].toReversed())],
  [0x75, (machine) => machine.setItems(machine.popMarked())],
  [0x61, (machine) => machine.append([machine.pop()])],
  [0x65, (machine) => machine.append(machine.popMarked())],
];

const MEMO: readonly (readonly [number, PickleOperation])[] = [
  [0x71, (machine) => machine.remember(machine.cursor.u8())],
  [0x72, (machine) => machine.remember(machine.cursor.u32())],
  [0x94, (machine) => machine.rememberNext()],
  [0x68, (machine) => machine.recall(machine.cursor.u8())],
  [0x6a, (machine) => machine.recall(machine.cursor.u32())],
];

const CALLS: readonly (readonly [number, PickleOperation])[] = [
  [0x63, (machine) => machine.push(machine.meaning.global(machine.line(), machine.line()))],
  [
    0x93,
    (machine: PickleMachine) => {
      const name = machine.pop();
      const module = machine.pop();
      if (typeof module !== 'string' || typeof name !== 'string') {
        return machine.cursor.fail('looks up a name that is no text');
      }
      return machine.push(machine.meaning.global(module, name));
    },
  ],
  [0x52, (machine) => machine.call()],
  // A class and the arguments of its maker: for the classes known here, the same as a call.
  [0x81, (machine) => machine.call()],
  // The same with named arguments, which no known class takes.
  [
    0x92,
    (machine) => {
      machine.pop();
      machine.call();
    },
  ],
  [0x62, (machine) => machine.build()],
  [0x51, (machine) => machine.push(machine.meaning.persistent(machine.pop()))],
];

export const OPERATIONS: ReadonlyMap<number, PickleOperation> = new Map([
  ...PROTOCOL_AND_FRAMES,
  ...ATOMS,
  ...CONTAINERS,
  ...MEMO,
  ...CALLS,
]);

function pushTuple(machine: PickleMachine, length: number): void {
  const items = Array.from({ length }, () => machine.pop());
  machine.push(new PickleTuple(items.toReversed()));
}
