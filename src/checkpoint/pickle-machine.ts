/** The stack and the memo of a pickle that is being read. */
import type { ByteCursor } from './byte-cursor.ts';
import {
  PickleBytes,
  PickleDict,
  PickleGlobal,
  PickleList,
  PickleObject,
  PickleOpaque,
  PickleText,
  PickleTuple,
  type PickleKey,
  type PickleValue,
} from './pickle-values.ts';

/** What the names in a pickle stand for. */
export interface PickleMeaning {
  /** @throws VqaError `checkpoint-unsupported` for every name that is not known */
  global(module: string, name: string): PickleGlobal | PickleOpaque;
  persistent(id: PickleValue): PickleObject;
}

const MAX_STACK = 1_000_000;
const MAX_MARKS = 1_000;
const MAX_MEMO = 1_000_000;
/** A longer text is no name. */
const MAX_NAME_BYTES = 1 << 16;
/** Names of Python 2; whatever is longer is bytes. */
const MAX_BYTE_NAME = 1 << 10;
const MAX_INTEGER_BYTES = 16;

export class PickleMachine {
  readonly cursor: ByteCursor;
  readonly meaning: PickleMeaning;
  private stack: PickleValue[] = [];
  private readonly marked: PickleValue[][] = [];
  private readonly memo = new Map<number, PickleValue>();
  private readonly utf8 = new TextDecoder('utf-8', { fatal: true });

  constructor(cursor: ByteCursor, meaning: PickleMeaning) {
    this.cursor = cursor;
    this.meaning = meaning;
  }

  push(value: PickleValue): void {
    if (this.stack.length >= MAX_STACK) this.cursor.fail(`holds more than ${MAX_STACK} values at once`);
    this.stack.push(value);
  }

  pop(): PickleValue {
    const value = this.stack.pop();
    return value === undefined ? this.emptied() : value;
  }

  top(): PickleValue {
    const value = this.stack.at(-1);
    return value === undefined ? this.emptied() : value;
  }

  mark(): void {
    if (this.marked.length >= MAX_MARKS) this.cursor.fail(`is nested more than ${MAX_MARKS} deep`);
    this.marked.push(this.stack);
    this.stack = [];
  }

  /** What was pushed since the last mark. */
  popMarked(): PickleValue[] {
    const values = this.stack;
    this.stack = this.marked.pop() ?? this.cursor.fail('closes a group that was never opened');
    return values;
  }

  remember(index: number): void {
    if (this.memo.size >= MAX_MEMO) this.cursor.fail(`remembers more than ${MAX_MEMO} values`);
    this.memo.set(index, this.top());
  }

  rememberNext(): void {
    this.remember(this.memo.size);
  }

  recall(index: number): void {
    const value = this.memo.get(index);
    if (value === undefined) this.cursor.fail(`recalls value ${index}, which it never stored`);
    this.push(value);
  }

  setItems(pairs: readonly PickleValue[]): void {
    const target = this.top();
    if (target instanceof PickleOpaque) return;
    if (!(target instanceof PickleDict)) this.cursor.fail('sets an item of something that is no dict');
    if (pairs.length % 2 !== 0) this.cursor.fail('has a key without a value');
    for (let index = 0; index < pairs.length; index += 2) {
      target.entries.set(this.keyOf(pairs[index]), pairs[index + 1] ?? null);
    }
  }

  append(items: readonly PickleValue[]): void {
    const target = this.top();
    if (target instanceof PickleOpaque) return;
    if (!(target instanceof PickleList)) this.cursor.fail('appends to something that is no list');
    for (const item of items) target.items.push(item);
  }

  call(): void {
    const args = this.pop();
    const callee = this.pop();
    // What an opaque value makes, such as a method of it, is opaque too.
    if (callee instanceof PickleOpaque) return this.push(callee);
    if (!(callee instanceof PickleGlobal) || !(args instanceof PickleTuple)) {
      this.cursor.fail('calls something that is no function');
    }
    this.push(callee.call(args.items));
  }

  build(): void {
    const state = this.pop();
    const target = this.top();
    // An OrderedDict carries `_metadata`, the versions of its modules, which says nothing about numbers.
    if (target instanceof PickleDict) return;
    if (!(target instanceof PickleObject)) this.cursor.fail('gives a state to something that takes none');
    target.build(state);
  }

  /** Text up to a line's end, as protocol 0 writes names. */
  line(): string {
    const { cursor } = this;
    const bytes: number[] = [];
    for (let byte = cursor.u8(); byte !== 0x0a; byte = cursor.u8()) bytes.push(byte);
    return this.decode(Uint8Array.from(bytes));
  }

  async text(length: number): Promise<void> {
    const { cursor } = this;
    const { position } = cursor;
    if (length > MAX_NAME_BYTES) {
      cursor.skip(length);
      this.push(new PickleText(position, length));
      return;
    }
    await cursor.fill(length);
    this.push(this.decode(cursor.take(length)));
  }

  bytes(length: number): void {
    const { position } = this.cursor;
    this.cursor.skip(length);
    this.push(new PickleBytes(position, length));
  }

  /** A `str` of Python 2: a name, or the bytes of an array. */
  async byteText(length: number): Promise<void> {
    const { cursor } = this;
    if (length > MAX_BYTE_NAME) return this.bytes(length);
    await cursor.fill(length);
    const { position } = cursor;
    this.push(new PickleBytes(position, length, String.fromCodePoint(...cursor.take(length))));
  }

  /** A whole number in little-endian two's complement. */
  integer(length: number): void {
    if (length > MAX_INTEGER_BYTES) {
      this.cursor.fail(`has a whole number of ${length} bytes, at most ${MAX_INTEGER_BYTES}`);
    }
    const bytes = this.cursor.take(length);
    const unsigned = bytes.reduceRight((value, byte) => value * 256n + BigInt(byte), 0n);
    const value = BigInt.asIntN(8 * length, unsigned);
    const isSafe = BigInt(Number.MIN_SAFE_INTEGER) <= value && value <= BigInt(Number.MAX_SAFE_INTEGER);
    this.push(isSafe ? Number(value) : value);
  }

  result(): PickleValue {
    if (this.marked.length > 0) this.cursor.fail('stops inside a group');
    return this.pop();
  }

  private decode(bytes: Uint8Array): string {
    try {
      return this.utf8.decode(bytes);
    } catch {
      return this.cursor.fail(`has a name that is not UTF-8 before byte ${this.cursor.position}`);
    }
  }

  private keyOf(value: PickleValue | undefined): PickleKey {
    if (value instanceof PickleBytes && value.text !== null) return value.text;
    if (value === undefined || (typeof value === 'object' && value !== null)) {
      return this.cursor.fail('has a dict whose key is no text or number');
    }
    return value;
  }

  private emptied(): never {
    this.cursor.fail(`takes a value that is not there before byte ${this.cursor.position}`);
  }
}
