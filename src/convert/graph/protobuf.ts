/** Protocol buffers, as far as a graph needs them: fields in order, and what is not understood kept as it is. */
import { VqaError } from '../../core/errors.ts';

/** How a value is written; groups, which ONNX does not have, are refused. */
export type WireType = 0 | 1 | 2 | 5;

export interface ProtoField {
  readonly number: number;
  readonly wire: WireType;
  /** Of wire type 0; of the others it is 0n. */
  readonly varint: bigint;
  /** The value of wire types 1, 2 and 5, without its length. */
  readonly bytes: Uint8Array;
}

const WIRES = new Set<number>([0, 1, 2, 5]);
const MAX_VARINT_BYTES = 10;
const TEXT = new TextDecoder();

/** @throws VqaError `pack-invalid` where a message ends in the middle of a field */
export function readFields(message: Uint8Array): ProtoField[] {
  const fields: ProtoField[] = [];
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let index = 0; index < MAX_VARINT_BYTES; index += 1) {
      const byte = message[at];
      if (byte === undefined) break;
      at += 1;
      value |= BigInt(byte & 0x7f) << BigInt(7 * index);
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw broken();
  };
  const take = (length: number): Uint8Array => {
    if (length > message.length - at) throw broken();
    at += length;
    return message.subarray(at - length, at);
  };
  while (at < message.length) {
    const key = Number(varint());
    const wire = key % 8;
    if (!isWire(wire)) throw broken();
    const number = Math.floor(key / 8);
    const none = { varint: 0n, bytes: new Uint8Array(0) };
    if (wire === 0) fields.push({ number, wire, ...none, varint: varint() });
    else if (wire === 2) fields.push({ number, wire, ...none, bytes: take(Number(varint())) });
    else fields.push({ number, wire, ...none, bytes: take(wire === 1 ? 8 : 4) });
  }
  return fields;
}

function isWire(wire: number): wire is WireType {
  return WIRES.has(wire);
}

function broken(): VqaError {
  return new VqaError('pack-invalid', 'A graph ends in the middle of a field.');
}

export function writeFields(fields: readonly ProtoField[]): Uint8Array<ArrayBuffer> {
  const parts = fields.flatMap(({ number, wire, varint, bytes }) => {
    const key = varintBytes(BigInt(number * 8 + wire));
    if (wire === 0) return [key, varintBytes(varint)];
    return wire === 2 ? [key, varintBytes(BigInt(bytes.length)), bytes] : [key, bytes];
  });
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function varintBytes(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80n) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}

export function varintField(number: number, value: number): ProtoField {
  return { number, wire: 0, varint: BigInt(value), bytes: new Uint8Array(0) };
}

export function bytesField(number: number, bytes: Uint8Array): ProtoField {
  return { number, wire: 2, varint: 0n, bytes };
}

export function textField(number: number, text: string): ProtoField {
  return bytesField(number, new TextEncoder().encode(text));
}

/** Text of the last field of this number; empty where there is none. */
export function textOf(fields: readonly ProtoField[], number: number): string {
  const found = fields.findLast((field) => field.number === number && field.wire === 2);
  return found === undefined ? '' : TEXT.decode(found.bytes);
}

/** Whole numbers of a repeated field, packed or not. */
export function integersOf(fields: readonly ProtoField[], number: number): number[] {
  return fields
    .filter((field) => field.number === number)
    .flatMap((field) => (field.wire === 2 ? packed(field.bytes) : [Number(BigInt.asIntN(64, field.varint))]));
}

function packed(bytes: Uint8Array): number[] {
  // A run of varints, without keys.
  const numbers: number[] = [];
  let value = 0n;
  let shift = 0n;
  for (const byte of bytes) {
    value |= BigInt(byte & 0x7f) << shift;
    shift += 7n;
    if (byte >= 0x80) continue;
    numbers.push(Number(BigInt.asIntN(64, value)));
    value = 0n;
    shift = 0n;
  }
  return numbers;
}
