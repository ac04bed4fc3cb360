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
  return (
    <>
      <button type="button" className={className} onClick={() => input.current?.click()}>
        {children}
      </button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        aria-label="Photo file"
        onChange={(event) => {
          const file = event.target.files?.[0];
          // The same file may be chosen again after an error.
          event.target.value = '';
          if (file) void openPhoto(file, file.name, 'file');
        }}
      />
    </>
  );
}
