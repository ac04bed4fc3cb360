/** What is written beside a file that has not come whole, so that another visit goes on with it. */
import { JsonField, JsonFieldError } from '../../core/json-field.ts';
import { readText, writeFile, type Folder } from '../folder/folder.ts';

export interface DownloadNote {
  /** Where the last of its bytes came from. */
  readonly url: string;
  readonly totalBytes: number | null;
  readonly etag: string | null;
}

export function noteOf(path: string): string {
  return `${path}.from.json`;
}

/** Null where there is none that can be read. */
export async function readNote(folder: Folder, path: string): Promise<DownloadNote | null> {
  const text = await readText(folder, noteOf(path));
  if (text === null) return null;
  try {
    const note = new JsonField(JSON.parse(text), '');
    const total = note.at('totalBytes');
    const etag = note.at('etag');
    return {
      url: note.at('url').text(),
      totalBytes: total.value === null ? null : total.count(),
      etag: etag.value === null ? null : etag.text(),
    };
  } catch (thrown) {
    if (thrown instanceof JsonFieldError || thrown instanceof SyntaxError) return null;
    throw thrown;
  }
}

export async function writeNote(folder: Folder, path: string, note: DownloadNote): Promise<void> {
  await writeFile(folder, noteOf(path), new TextEncoder().encode(JSON.stringify(note)));
}
