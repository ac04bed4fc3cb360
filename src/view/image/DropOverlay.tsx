/** Takes a photo that is dropped or pasted anywhere on the page. */
import { useEffect, useState } from 'react';
import { isForField, offeredPhoto, readTransfer } from '../../session/work/offered-photo.ts';
import { useActions } from '../session-context.ts';

const TYPES = ['Files', 'text/uri-list', 'text/html', 'text/plain'];

export function DropOverlay() {
  const { openPhoto, openUrl, reportInputError } = useActions();
  const [isOver, setOver] = useState(false);

  useEffect(() => {
    /** What is dragged began on this page: it is moved about, not brought in. */
    let isOwn = false;
    const isBrought = (event: DragEvent) => {
      const { dataTransfer } = event;
      if (isOwn || !dataTransfer || isForField(event, dataTransfer)) return false;
      return TYPES.some((type) => dataTransfer.types.includes(type));
    };
    const take = (data: DataTransfer, way: 'drop' | 'paste') => {
      const offered = offeredPhoto(readTransfer(data), way);
      if (offered.kind === 'none') reportInputError(offered.error.toReport());
      else if (offered.kind === 'address') void openUrl(offered.address);
      else void openPhoto(offered.file, way === 'drop' ? offered.file.name : 'Pasted photo', way);
    };

    const drag = (event: DragEvent) => {
      if (!isBrought(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = ({ relatedTarget }: DragEvent) => {
      if (relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      setOver(false);
      if (!isBrought(event) || !event.dataTransfer) return;
      event.preventDefault();
      take(event.dataTransfer, 'drop');
    };
    const paste = (event: ClipboardEvent) => {
      const { clipboardData } = event;
      if (!clipboardData || isForField(event, clipboardData)) return;
      event.preventDefault();
      take(clipboardData, 'paste');
    };

    const ended = new AbortController();
    const { signal } = ended;
    window.addEventListener('dragstart', () => (isOwn = true), { signal });
    window.addEventListener('dragend', () => (isOwn = false), { signal });
    window.addEventListener('dragenter', drag, { signal });
    window.addEventListener('dragover', drag, { signal });
    window.addEventListener('dragleave', leave, { signal });
    window.addEventListener('drop', drop, { signal });
    window.addEventListener('paste', paste, { signal });
    return () => ended.abort();
  }, [openPhoto, openUrl, reportInputError]);

  if (!isOver) return null;
  return (
    <div className="drop-overlay" aria-hidden="true">
      <p>Drop the photo anywhere</p>
    </div>
  );
}
