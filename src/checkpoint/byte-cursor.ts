/** Reads numbers one after another out of a file that may end anywhere. */
import { VqaError } from '../core/errors.ts';
import { readPart, type ByteSource } from './byte-source.ts';

/** Read ahead at least so much: most fields are a few bytes long. */
const WINDOW_BYTES = 1 << 16;

export class ByteCursor {
  readonly source: ByteSource;
  /** What is being read, for messages. */
  readonly what: string;
  private readonly end: number;
  private bytes: Uint8Array = new Uint8Array(0);
  private view = new DataView(new ArrayBuffer(0));
  /** Place of `bytes` in the file. */
  private start: number;
  private index = 0;

  constructor(source: ByteSource, what: string, start = 0, end = source.size) {
    this.source = source;
    this.what = what;
    this.start = start;
    this.end = end;
  }

  /** Of the next byte, in the file. */
  get position(): number {
    return this.start + this.index;
  }

  /** Bytes up to the end of the part that is read. */
  get left(): number {
    return this.end - this.position;
  }

  /** Bytes that can be taken without waiting. */
  get buffered(): number {
    return this.bytes.length - this.index;
  }

  /** Makes `count` bytes, or all that are left, readable without waiting. */
  async fill(count: number): Promise<void> {
    if (this.buffered >= count || this.buffered === this.left) return;
    const { position } = this;
    const length = Math.min(this.left, Math.max(count, WINDOW_BYTES));
    const bytes = await readPart(this.source, position, length, this.what);
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.start = position;
    this.index = 0;
  }

  u8(): number {
    return this.view.getUint8(this.advance(1));
  }

  u16(): number {
    return this.view.getUint16(this.advance(2), true);
  }

  u32(): number {
    return this.view.getUint32(this.advance(4), true);
  }

  i32(): number {
    return this.view.getInt32(this.advance(4), true);
  }

  /** A count of 64 bits; what no `number` holds becomes a number larger than any file. */
  u64(): number {
    return Number(this.view.getBigUint64(this.advance(8), true));
  }

  f64BigEndian(): number {
    return this.view.getFloat64(this.advance(8), false);
  }

  /** A view that is good until the next `fill`. */
  take(count: number): Uint8Array {
    const from = this.advance(count);
    return this.bytes.subarray(from, from + count);
  }

  /** Passes over bytes without reading them. */
  skip(count: number): void {
    if (!(count <= this.left)) this.failAtEnd(count);
    if (count <= this.buffered) {
      this.index += count;
      return;
    }
    this.start = this.position + count;
    this.bytes = new Uint8Array(0);
    this.index = 0;
  }

  fail(complaint: string): never {
    throw new VqaError('checkpoint-invalid', `${this.what} of ${this.source.name} ${complaint}.`);
  }

  private advance(count: number): number {
    const from = this.index;
    if (!(count <= this.buffered)) this.failAtEnd(count);
    this.index += count;
    return from;
  }

  private failAtEnd(count: number): never {
    this.fail(`ends at byte ${this.end}, but goes on for ${count} bytes from byte ${this.position}`);
  }
}
