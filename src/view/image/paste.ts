/** Photos from the clipboard: by the keyboard anywhere on the page, or by a button on touch screens. */
import { VqaError } from '../../core/errors.ts';

/** The photo in a paste event, if it carries a file at all. */
export function pastedFile({ clipboardData }: ClipboardEvent): File | null {
  return clipboardData?.files[0] ?? null;
}

/** Whether a paste at `target` is text that the person means for that field. */
export function takesText(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}

/** @throws VqaError `clipboard-empty` when there is no photo or the browser does not let the page look. */
export async function readClipboardPhoto(): Promise<Blob> {
  const items = await readClipboard();
  for (const item of items) {
    const type = item.types.find((each) => each.startsWith('image/'));
    if (type) return item.getType(type);
  }
  throw new VqaError('clipboard-empty', 'There is no photo in the clipboard.');
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
