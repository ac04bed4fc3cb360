/** The directory of a zip archive: which entries it has and where. Nothing is ever unpacked. */
import { VqaError } from '../core/errors.ts';
import { ByteCursor } from './byte-cursor.ts';
import { checkPart, readPart, type ByteSource } from './byte-source.ts';

export interface ZipEntry {
  readonly name: string;
  /** Of its own header, in the file. */
  readonly headerOffset: number;
  readonly bytes: number;
  /** Of the content, as `crc32` computes it. */
  readonly crc32: number;
  /** Where the next entry, or the directory, begins. */
  readonly limit: number;
}

export const LOCAL_HEADER = 0x04_03_4b_50;
const DIRECTORY_HEADER = 0x02_01_4b_50;
const END = 0x06_05_4b_50;
const END_64 = 0x06_06_4b_50;
const LOCATOR_64 = 0x07_06_4b_50;
const END_BYTES = 22;
const LOCATOR_BYTES = 20;
const END_64_BYTES = 56;
const LOCAL_HEADER_BYTES = 30;
const MAX_COMMENT_BYTES = 0xff_ff;
const MAX_DIRECTORY_BYTES = 1 << 25;
/** A field that is too small for its number says so with all its bits. */
const SEE_64 = 0xff_ff_ff_ff;
const ENCRYPTED = 1;
const UTF8 = new TextDecoder();

interface Directory {
  readonly entries: number;
  readonly bytes: number;
  readonly offset: number;
}

/** @returns entries by name */
export async function readZipDirectory(source: ByteSource): Promise<ReadonlyMap<string, ZipEntry>> {
  const directory = await findDirectory(source);
  checkPart(source, directory.offset, directory.bytes, 'its directory');
  if (directory.bytes > MAX_DIRECTORY_BYTES) {
    fail(source, `has a directory of ${directory.bytes} bytes, at most ${MAX_DIRECTORY_BYTES} are read`);
  }
  const end = directory.offset + directory.bytes;
  const cursor = new ByteCursor(source, 'the directory', directory.offset, end);
  await cursor.fill(directory.bytes);
  const listed: Omit<ZipEntry, 'limit'>[] = [];
  while (cursor.left > 0) listed.push(readEntry(cursor));
  if (listed.length !== directory.entries) {
    fail(source, `lists ${listed.length} entries, but says it has ${directory.entries}`);
  }
  return withLimits(source, listed, directory.offset);
}

async function findDirectory(source: ByteSource): Promise<Directory> {
  const tailBytes = Math.min(source.size, END_BYTES + MAX_COMMENT_BYTES);
  const tailStart = source.size - tailBytes;
  const tail = await readPart(source, tailStart, tailBytes, 'its end');
  const view = new DataView(tail.buffer, tail.byteOffset, tail.length);
  let at = tail.length - END_BYTES;
  // A comment may follow, and says how long it is.
  while (
    at >= 0 &&
    !(view.getUint32(at, true) === END && view.getUint16(at + 20, true) === tail.length - at - END_BYTES)
  ) {
    at -= 1;
  }
  if (at < 0) fail(source, 'is a zip archive without its end: the file is cut short');
  const plain = {
    entries: view.getUint16(at + 10, true),
    bytes: view.getUint32(at + 12, true),
    offset: view.getUint32(at + 16, true),
  };
  const locator = at - LOCATOR_BYTES;
  if (locator < 0 || view.getUint32(locator, true) !== LOCATOR_64) return plain;
  const cursor = new ByteCursor(source, 'the directory', Number(view.getBigUint64(locator + 8, true)));
  checkPart(source, cursor.position, END_64_BYTES, 'its directory');
  await cursor.fill(END_64_BYTES);
  if (cursor.u32() !== END_64) fail(source, 'has no directory where its end says');
  cursor.skip(28);
  return { entries: cursor.u64(), bytes: cursor.u64(), offset: cursor.u64() };
}

function readEntry(cursor: ByteCursor): Omit<ZipEntry, 'limit'> {
  if (cursor.u32() !== DIRECTORY_HEADER) cursor.fail(`has no entry at byte ${cursor.position - 4}`);
  cursor.skip(4);
  const flags = cursor.u16();
  const method = cursor.u16();
  cursor.skip(4);
  const checksum = cursor.u32();
  const packedBytes = cursor.u32();
  const plainBytes = cursor.u32();
  const nameBytes = cursor.u16();
  const extraBytes = cursor.u16();
  const commentBytes = cursor.u16();
  cursor.skip(8);
  const headerOffset = cursor.u32();
  const name = UTF8.decode(cursor.take(nameBytes));
  const wide = readWide(cursor, extraBytes, [plainBytes, packedBytes, headerOffset]);
  cursor.skip(commentBytes);
  if (method !== 0 || (flags & ENCRYPTED) !== 0 || wide[0] !== wide[1]) {
    throw new VqaError(
      'checkpoint-unsupported',
      `${name.slice(0, 80)} in ${cursor.source.name} is packed or encrypted; PyTorch stores entries as they are.`,
    );
  }
  return { name, headerOffset: wide[2]!, bytes: wide[0]!, crc32: checksum };
}

/** Numbers of 64 bits stand in an extra field, in the order of the fields that were too small for them. */
function readWide(cursor: ByteCursor, extraBytes: number, narrow: readonly number[]): readonly number[] {
  const end = cursor.position + extraBytes;
  const wide = [...narrow];
  while (end - cursor.position >= 4) {
    const id = cursor.u16();
    const next = cursor.position + 2 + cursor.u16();
    if (next > end) cursor.fail('has an extra field that is longer than its entry');
    for (const [index, value] of narrow.entries()) {
      if (id === 1 && value === SEE_64 && next - cursor.position >= 8) wide[index] = cursor.u64();
    }
    cursor.skip(next - cursor.position);
  }
  cursor.skip(end - cursor.position);
  return wide;
}

function withLimits(
  source: ByteSource,
  listed: readonly Omit<ZipEntry, 'limit'>[],
  directoryOffset: number,
): ReadonlyMap<string, ZipEntry> {
  const inOrder = listed.toSorted((left, right) => left.headerOffset - right.headerOffset);
  const entries = new Map<string, ZipEntry>();
  for (const [index, entry] of inOrder.entries()) {
    const limit = inOrder[index + 1]?.headerOffset ?? directoryOffset;
    const name = entry.name.slice(0, 80);
    if (!(entry.headerOffset + LOCAL_HEADER_BYTES + entry.bytes <= limit)) {
      fail(
        source,
        `has an entry ${name} of ${entry.bytes} bytes from byte ${entry.headerOffset} on that runs into byte ${limit}`,
      );
    }
    if (entries.has(entry.name)) fail(source, `has two entries ${name}`);
    entries.set(entry.name, { ...entry, limit });
  }
  return entries;
}

/** Where an entry's content begins; its own header may be longer than the directory says. */
export async function locateContent(source: ByteSource, entry: ZipEntry): Promise<number> {
  const cursor = new ByteCursor(source, entry.name.slice(0, 80), entry.headerOffset, entry.limit);
  await cursor.fill(LOCAL_HEADER_BYTES);
  if (cursor.u32() !== LOCAL_HEADER) cursor.fail(`has no header at byte ${entry.headerOffset}`);
  cursor.skip(22);
  const nameBytes = cursor.u16();
  cursor.skip(nameBytes + cursor.u16());
  if (entry.bytes > cursor.left) {
    cursor.fail(
      `takes ${entry.bytes} bytes from byte ${cursor.position} on, but ends at byte ${entry.limit}`,
    );
  }
  return cursor.position;
}

function fail(source: ByteSource, complaint: string): never {
  throw new VqaError('checkpoint-invalid', `${source.name} ${complaint}.`);
}
