/** What a pickle of a state dict consists of once it is read. */
import { VqaError } from '../core/errors.ts';

export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | PickleBytes
  | PickleText
  | PickleEncodedBytes
  | PickleList
  | PickleTuple
  | PickleDict
  | PickleGlobal
  | PickleObject;

export type PickleKey = string | number | bigint | boolean | null;

/** Bytes that stay in the file until they are wanted: an array may be most of it. */
export class PickleBytes {
  /** In the file. */
  readonly offset: number;
  readonly length: number;
  /** Short ones as Latin-1: Python 2 wrote names this way. */
  readonly text: string | null;

  constructor(offset: number, length: number, text: string | null = null) {
    this.offset = offset;
    this.length = length;
    this.text = text;
  }
}

/**
 * A long text that stays in the file. Protocol 2 has no bytes: Python 3 writes them as a text of the 256 letters of
 * Latin-1, in UTF-8, and a call of `_codecs.encode`.
 */
export class PickleText {
  /** In the file, in bytes. */
  readonly offset: number;
  readonly length: number;

  constructor(offset: number, length: number) {
    this.offset = offset;
    this.length = length;
  }
}

/** Bytes behind such a text. */
export class PickleEncodedBytes {
  readonly source: PickleText | string;

  constructor(source: PickleText | string) {
    this.source = source;
  }
}

export class PickleList {
  readonly items: PickleValue[] = [];
}

export class PickleTuple {
  readonly items: readonly PickleValue[];

  constructor(items: readonly PickleValue[]) {
    this.items = items;
  }
}

export class PickleDict {
  readonly entries = new Map<PickleKey, PickleValue>();
}

/** A class or function of Python, known by name; calling it runs a few lines of this project. */
export class PickleGlobal {
  /** Such as `torch._utils._rebuild_tensor_v2`. */
  readonly name: string;
  readonly call: (args: readonly PickleValue[]) => PickleValue;

  constructor(name: string, call: (args: readonly PickleValue[]) => PickleValue) {
    this.name = name;
    this.call = call;
  }
}

/** What a known class or function made. */
export abstract class PickleObject {
  /** Takes over the state that a pickle gives to an object after making it. */
  build(_state: PickleValue): void {
    throw new VqaError('checkpoint-invalid', 'The pickle gives a state to an object that takes none.');
  }
}

/** Something that says nothing about numbers, such as the settings of a training run: kept as a name, never made. */
export class PickleOpaque extends PickleObject {
  override build(_state: PickleValue): void {
    // Its state is left unread with it.
  }
}

/** Arguments of a call by position, each checked for what it must be. */
export class PickleArguments {
  private readonly name: string;
  private readonly items: readonly PickleValue[];

  constructor(name: string, items: readonly PickleValue[]) {
    this.name = name;
    this.items = items;
  }

  at(index: number): PickleValue {
    return this.items[index] ?? null;
  }

  text(index: number): string {
    const value = this.at(index);
    const text = value instanceof PickleBytes ? value.text : value;
    return typeof text === 'string' ? text : this.fail(index, 'a text');
  }

  /** A count; too large for a `number` becomes one that no file is as large as. */
  count(index: number): number {
    const value = this.at(index);
    if (typeof value === 'bigint') return Number(value);
    return typeof value === 'number' ? value : this.fail(index, 'a number');
  }

  counts(index: number): number[] {
    const value = this.at(index);
    if (!(value instanceof PickleTuple)) return this.fail(index, 'a tuple');
    const inner = new PickleArguments(this.name, value.items);
    return value.items.map((_item, position) => inner.count(position));
  }

  instance<Value extends PickleValue & object>(
    index: number,
    kind: abstract new (...parts: never[]) => Value,
    what: string,
  ): Value {
    const value = this.at(index);
    return value instanceof kind ? value : this.fail(index, what);
  }

  fail(index: number, what: string): never {
    throw new VqaError('checkpoint-invalid', `Argument ${index + 1} of ${this.name} is not ${what}.`);
  }
}
