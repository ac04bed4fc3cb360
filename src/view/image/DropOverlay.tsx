/** Takes a photo that is dropped or pasted anywhere on the page. */
import { useEffect, useState } from 'react';
import { VqaError } from '../../core/errors.ts';
import { useActions } from '../session-context.ts';
import { pastedFile, takesText } from './paste.ts';

export function DropOverlay() {
  const { openPhoto, openUrl, reportInputError } = useActions();
  const [isOver, setOver] = useState(false);

  useEffect(() => {
    const carriesPhoto = ({ dataTransfer }: DragEvent) =>
      dataTransfer?.types.includes('Files') === true ||
      dataTransfer?.types.includes('text/uri-list') === true;

    const drag = (event: DragEvent) => {
      if (!carriesPhoto(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      setOver(false);
      if (!carriesPhoto(event)) return;
      event.preventDefault();
      const file = event.dataTransfer?.files[0];
      const address = event.dataTransfer?.getData('text/uri-list').split('\n')[0]?.trim();
      if (file) void openPhoto(file, file.name, 'drop');
      else if (address) void openUrl(address);
    };
    const paste = (event: ClipboardEvent) => {
      const file = pastedFile(event);
      if (file) {
        event.preventDefault();
        void openPhoto(file, 'Pasted photo', 'paste');
      } else if (!takesText(event.target)) {
        const nothing = new VqaError('clipboard-empty', 'There is no photo in the clipboard.');
        reportInputError(nothing.toReport());
      }
    };

    window.addEventListener('dragenter', drag);
    window.addEventListener('dragover', drag);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    window.addEventListener('paste', paste);
    return () => {
      window.removeEventListener('dragenter', drag);
      window.removeEventListener('dragover', drag);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
      window.removeEventListener('paste', paste);
    };
  }, [openPhoto, openUrl, reportInputError]);

  if (!isOver) return null;
  return (
    <div className="drop-overlay" aria-hidden="true">
      <p>Drop the photo anywhere</p>
    </div>
  );
}
