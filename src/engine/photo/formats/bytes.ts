/** Reading numbers and names out of a file that may end anywhere. */

/** A view on a file's bytes; reads past the end give 0 and `''`, so callers check `has` where it matters. */
export class Bytes {
  readonly length: number;
  private readonly array: Uint8Array;

  constructor(array: Uint8Array) {
    this.array = array;
    this.length = array.length;
  }

  has(offset: number, count: number): boolean {
    return offset >= 0 && offset + count <= this.length;
  }

  u8(offset: number): number {
    return this.array[offset] ?? 0;
  }

  u16(offset: number): number {
    return (this.u8(offset) << 8) | this.u8(offset + 1);
  }

  u16LittleEndian(offset: number): number {
    return this.u8(offset) | (this.u8(offset + 1) << 8);
  }

  u24LittleEndian(offset: number): number {
    return this.u16LittleEndian(offset) | (this.u8(offset + 2) << 16);
  }

  u32(offset: number): number {
    return this.u16(offset) * 0x1_00_00 + this.u16(offset + 2);
  }

  u32LittleEndian(offset: number): number {
    return this.u16LittleEndian(offset) + this.u16LittleEndian(offset + 2) * 0x1_00_00;
  }

  /** Latin-1 text, shorter at the end of the file. */
  text(offset: number, count: number): string {
    return String.fromCharCode(...this.array.subarray(offset, offset + count));
  }

  /** Shorter at the end of the file, and never longer than asked for. */
  slice(offset: number, count: number): Uint8Array {
    return this.array.subarray(offset, offset + Math.max(0, count));
  }

  startsWith(signature: readonly number[]): boolean {
    return signature.every((byte, index) => this.array[index] === byte);
  }

  /** Where `byte` next occurs, or -1. */
  indexOf(byte: number, from: number): number {
    return this.array.indexOf(byte, from);
  }
}
