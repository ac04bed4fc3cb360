/** A picture that is in memory; its address is released when another takes its place. */
import { useCallback, type ComponentProps } from 'react';

type BlobImageProps = Omit<ComponentProps<'img'>, 'src' | 'ref' | 'alt'> & {
  readonly blob: Blob;
  readonly alt: string;
};

export function BlobImage({ blob, alt, ...attributes }: BlobImageProps) {
  const show = useCallback(
    (image: HTMLImageElement) => {
      const url = URL.createObjectURL(blob);
      image.src = url;
      return () => URL.revokeObjectURL(url);
    },
    [blob],
  );
  return <img ref={show} alt={alt} {...attributes} />;
}
