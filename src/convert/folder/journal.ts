/** What of a pack is made already, kept beside it, so that a reload loses one graph at most. */
import type { PackFile } from '../../core/pack/pack.ts';
import { JsonField, JsonFieldError } from '../../core/json-field.ts';
import { readText, writeFile, type Folder } from './folder.ts';

export const JOURNAL_FILE = 'making.json';

export interface Journal {
  /** Null where the graph has not been made, or one of its files is not as it was left. */
  filesOf(graph: string): readonly PackFile[] | null;
  keep(graph: string, files: readonly PackFile[]): Promise<void>;
}

/** @param fingerprint of what goes into the pack: a journal of anything else is not read */
export async function openJournal(folder: Folder, fingerprint: string): Promise<Journal> {
  const graphs = parse(await readText(folder, JOURNAL_FILE), fingerprint);
  const sizes = new Map((await folder.list()).map(({ path, bytes }) => [path, bytes]));
  for (const [graph, files] of graphs) {
    if (files.some(({ path, bytes }) => sizes.get(path) !== bytes)) graphs.delete(graph);
  }
  return {
    filesOf: (graph) => graphs.get(graph) ?? null,
    async keep(graph, files) {
      graphs.set(graph, files);
      const text = JSON.stringify({ fingerprint, graphs: Object.fromEntries(graphs) });
      await writeFile(folder, JOURNAL_FILE, new TextEncoder().encode(text));
    },
  };
}

/** A journal that was cut while it was written counts as none. */
function parse(text: string | null, fingerprint: string): Map<string, readonly PackFile[]> {
  if (text === null) return new Map();
  try {
    const root = new JsonField(JSON.parse(text), '');
    if (root.at('fingerprint').text() !== fingerprint) return new Map();
    return new Map(
      root
        .at('graphs')
        .entries()
        .map(([graph, files]) => [
          graph,
          files.items().map((file) => ({
            path: file.at('path').text(),
            bytes: file.at('bytes').count(),
            sha256: file.at('sha256').text(),
          })),
        ]),
    );
  } catch (thrown) {
    if (thrown instanceof JsonFieldError || thrown instanceof SyntaxError) return new Map();
    throw thrown;
  }
}
