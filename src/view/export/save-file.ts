/** Hands a file to the person, by the browser's own download. */

/** Long after any browser has begun to read it. */
const RELEASE_AFTER_MS = 60_000;

export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), RELEASE_AFTER_MS);
}

/** “what-is-the-table-made-of.svg”: the question as a name that every file system takes. */
export function fileName(question: string, ending: string): string {
  const words = question
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/^-+|-+$/gu, '')
    .slice(0, 60);
  return `${words || 'answer'}.${ending}`;
}
