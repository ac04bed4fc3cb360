/** What was downloaded here first, by address: files of which no public record tells are compared with it later. */
import { JsonField, JsonFieldError } from '../../core/json-field.ts';
import { readText, writeFile, type Folder } from '../folder/folder.ts';
import type { ExpectedFile } from './download.ts';

/** Stays when downloads and packs are deleted. */
export const FIRST_DOWNLOADS_FILE = 'first-downloads.json';

type Records = ReadonlyMap<string, { readonly bytes: number; readonly sha256: string }>;

/** What of `expected` is unknown is taken from the first download of `address`, if there was one. */
export async function asFirstDownloaded(
  folder: Folder,
  address: string,
  expected: ExpectedFile,
): Promise<ExpectedFile> {
  const first = (await readRecords(folder)).get(address);
  return expected.sha256 === null && first
    ? { ...first, by: 'the record of its first download here' }
    : expected;
}

/** The first download of an address is what counts; later ones change nothing. */
export async function keepFirstDownload(
  folder: Folder,
  address: string,
  { bytes, sha256 }: { readonly bytes: number; readonly sha256: string },
): Promise<void> {
  const records = await readRecords(folder);
  if (records.has(address)) return;
  const text = JSON.stringify(Object.fromEntries([...records, [address, { bytes, sha256 }]]));
  await writeFile(folder, FIRST_DOWNLOADS_FILE, new TextEncoder().encode(text));
}

/** Records that cannot be read count as none. */
async function readRecords(folder: Folder): Promise<Records> {
  const text = await readText(folder, FIRST_DOWNLOADS_FILE);
  if (text === null) return new Map();
  try {
    return new Map(
      new JsonField(JSON.parse(text), '')
        .entries()
        .map(([address, file]) => [
          address,
          { bytes: file.at('bytes').count(), sha256: file.at('sha256').text() },
        ]),
    );
  } catch (thrown) {
    if (thrown instanceof JsonFieldError || thrown instanceof SyntaxError) return new Map();
    throw thrown;
  }
}
