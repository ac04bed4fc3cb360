/**
 * Files dropped on an element, which the page behind it must not take for photos.
 * @returns ends it
 */
export function takeFileDrops(element: HTMLElement, onFiles: (files: FileList) => void): () => void {
  const ended = new AbortController();
  const drop = (event: DragEvent) => {
    drag(event);
    if (event.dataTransfer) onFiles(event.dataTransfer.files);
  };
  const { signal } = ended;
  element.addEventListener('dragenter', drag, { signal });
  element.addEventListener('dragover', drag, { signal });
  element.addEventListener('drop', drop, { signal });
  return () => ended.abort();
}

function drag(event: DragEvent): void {
  event.preventDefault();
  event.stopPropagation();
}
