/** Small pieces from the web, written and hashed in larger ones. */
import type { Sha256 } from '../../bytes/sha256.ts';
import type { FileWriter } from './folder.ts';

const WRITE_BYTES = 1 << 20;

export class WriteBuffer {
  /** Of what was added, as much as lies in the file and in the hash. */
  writtenBytes = 0;
  private readonly writer: FileWriter;
  private readonly hash: Sha256;
  private readonly bytes = new Uint8Array(WRITE_BYTES);
  private length = 0;

  constructor(writer: FileWriter, hash: Sha256) {
    this.writer = writer;
    this.hash = hash;
  }

  async add(chunk: Uint8Array<ArrayBuffer>): Promise<void> {
    for (let at = 0; at < chunk.length;) {
      const part = chunk.subarray(at, at + WRITE_BYTES - this.length);
      this.bytes.set(part, this.length);
      this.length += part.length;
      at += part.length;
      if (this.length === WRITE_BYTES) await this.flush();
    }
  }

  async flush(): Promise<void> {
    if (this.length === 0) return;
    const part = this.bytes.slice(0, this.length);
    this.length = 0;
    await this.writer.write(part);
    this.hash.update(part);
    this.writtenBytes += part.length;
  }
}
