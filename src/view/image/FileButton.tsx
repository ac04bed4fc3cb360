/** A button that opens the file picker; as large as its place. */
import { useRef, type ReactNode } from 'react';
import { useActions } from '../session-context.ts';

export function FileButton({
  className,
  children,
}: {
  readonly className: string;
  readonly children: ReactNode;
}) {
  const { openPhoto } = useActions();
  const input = useRef<HTMLInputElement>(null);
  const listen = (element: HTMLInputElement | null) => {
    input.current = element;
    if (!element) return;
    // Not React's: a button that gives way to another while the file dialog is open still has to hand over its file.
    // oxlint-disable-next-line unicorn/prefer-add-event-listener -- one handler, however often this is rendered
    element.onchange = () => {
      const file = element.files?.[0];
      // The same file may be chosen again after an error.
      element.value = '';
      if (file) void openPhoto(file, file.name, 'file');
    };
  };

  return (
    <>
      <button type="button" className={className} onClick={() => input.current?.click()}>
        {children}
      </button>
      <input ref={listen} type="file" accept="image/*" hidden aria-label="Photo file" />
    </>
  );
}
