/** The photo in the clipboard, for a button: touch screens have no keys to paste with. */
import { VqaError } from '../../core/errors.ts';
import { offeredPhoto, type OfferedPhoto } from '../../session/work/offered-photo.ts';

/** @throws VqaError `clipboard-empty` when the browser does not let the page look. */
export async function readClipboardPhoto(): Promise<OfferedPhoto> {
  const items = await readClipboard();
  for (const item of items) {
    const type = item.types.find((each) => each.startsWith('image/'));
    if (type) return { kind: 'file', file: new File([await item.getType(type)], 'Pasted photo', { type }) };
  }
  const textOf = async (type: string): Promise<string> => {
    const item = items.find(({ types }) => types.includes(type));
    return item ? (await item.getType(type)).text() : '';
  };
  const [html, text] = await Promise.all([textOf('text/html'), textOf('text/plain')]);
  return offeredPhoto({ files: [], folder: null, html, uriList: '', text }, 'paste');
}

async function readClipboard(): Promise<readonly ClipboardItem[]> {
  try {
    return await navigator.clipboard.read();
  } catch (cause) {
    throw new VqaError(
      'clipboard-empty',
      'The browser did not let this page look into the clipboard; Ctrl+V or ⌘V may still work.',
      { cause },
    );
  }
}
