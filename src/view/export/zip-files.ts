/** A ZIP archive whose files are stored as they are (APPNOTE.TXT 6.3, sections 4.3.7, 4.3.12, 4.3.16). */
import { crc32 } from '../../bytes/crc32.ts';

const LOCAL_FILE = 0x04034b50;
const DIRECTORY_ENTRY = 0x02014b50;
const DIRECTORY_END = 0x06054b50;
const VERSION_NEEDED = 20;
/** Bit 11: names are UTF-8. */
const UTF8_NAMES = 0x0800;
/** The first day that the format knows: one run gives the same bytes whenever it is taken along. */
const FIRST_OF_JANUARY_1980 = 0x0021;

/** @param files content by name, in the order in which they are to stand in the archive */
export function zipFiles(files: ReadonlyMap<string, Uint8Array>): Uint8Array<ArrayBuffer> {
  const local: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const [name, content] of files) {
    const nameBytes = new TextEncoder().encode(name);
    const facts = factsOf(nameBytes, content);
    const header = joined([words(LOCAL_FILE), facts, nameBytes]);
    local.push(header, content);
    directory.push(
      words(DIRECTORY_ENTRY),
      halves(VERSION_NEEDED),
      facts,
      // No comment, first disk, no attributes inside or outside the archive.
      halves(0, 0, 0),
      words(0, offset),
      nameBytes,
    );
    offset += header.length + content.length;
  }
  const entries = joined(directory);
  const end = joined([
    words(DIRECTORY_END),
    halves(0, 0, files.size, files.size),
    words(entries.length, offset),
    halves(0),
  ]);
  return joined([...local, entries, end]);
}

/** The fields that stand before a file and again in the directory. */
function factsOf(name: Uint8Array, content: Uint8Array): Uint8Array {
  const stored = 0;
  return joined([
    halves(VERSION_NEEDED, UTF8_NAMES, stored, 0, FIRST_OF_JANUARY_1980),
    words(crc32(content), content.length, content.length),
    halves(name.length, 0),
  ]);
}

function halves(...values: readonly number[]): Uint8Array {
  return Uint8Array.from(values.flatMap((value) => [value & 0xff, (value >>> 8) & 0xff]));
}

function words(...values: readonly number[]): Uint8Array {
  return joined(values.map((value) => halves(value & 0xffff, value >>> 16)));
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
