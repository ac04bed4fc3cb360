import { useEffect, type RefObject } from 'react';

/** Files dropped on an element, which the page behind it must not take for photos. */
export function useFileDrop(target: RefObject<HTMLElement | null>, onFiles: (files: FileList) => void): void {
  useEffect(() => {
    const element = target.current;
    if (!element) return;
    const drag = (event: DragEvent) => {
      event.preventDefault();
      event.stopPropagation();
    };
    const drop = (event: DragEvent) => {
      drag(event);
      if (event.dataTransfer) onFiles(event.dataTransfer.files);
    };
    element.addEventListener('dragenter', drag);
    element.addEventListener('dragover', drag);
    element.addEventListener('drop', drop);
    return () => {
      element.removeEventListener('dragenter', drag);
      element.removeEventListener('dragover', drag);
      element.removeEventListener('drop', drop);
    };
  }, [target, onFiles]);
}
