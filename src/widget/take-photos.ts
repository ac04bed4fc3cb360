/** Photos that are dropped or pasted anywhere on the element. */
import type { VqaError } from '../core/errors.ts';
import { isForField, offeredPhoto, readTransfer } from '../session/work/offered-photo.ts';

export interface PhotoTaker {
  /** Whether the element takes photos at present. */
  readonly isOpen: () => boolean;
  readonly take: (photo: File) => void;
  readonly takeAddress: (address: string) => void;
  /** What was offered is no photo. */
  readonly refuse: (error: VqaError) => void;
}

const TYPES = ['Files', 'text/uri-list', 'text/html'];

export function takePhotos(card: HTMLElement, { isOpen, take, takeAddress, refuse }: PhotoTaker): void {
  const isBrought = (event: DragEvent) => {
    const { dataTransfer } = event;
    if (!isOpen() || !dataTransfer || isForField(event, dataTransfer)) return false;
    return TYPES.some((type) => dataTransfer.types.includes(type));
  };
  const takeFrom = (data: DataTransfer, way: 'drop' | 'paste') => {
    const offered = offeredPhoto(readTransfer(data), way);
    if (offered.kind === 'none') refuse(offered.error);
    else if (offered.kind === 'address') takeAddress(offered.address);
    else if (way === 'drop') take(offered.file);
    else take(new File([offered.file], 'Pasted photo', { type: offered.file.type }));
  };

  card.addEventListener('dragover', (event) => {
    if (!isBrought(event)) return;
    event.preventDefault();
    card.dataset['drop'] = 'over';
  });
  card.addEventListener('dragleave', ({ relatedTarget }) => {
    const isInside = relatedTarget instanceof Node && card.contains(relatedTarget);
    if (!isInside) delete card.dataset['drop'];
  });
  card.addEventListener('drop', (event) => {
    delete card.dataset['drop'];
    if (!isBrought(event) || !event.dataTransfer) return;
    event.preventDefault();
    takeFrom(event.dataTransfer, 'drop');
  });
  card.addEventListener('paste', (event) => {
    const { clipboardData } = event;
    if (!clipboardData || !isOpen() || isForField(event, clipboardData)) return;
    event.preventDefault();
    takeFrom(clipboardData, 'paste');
  });
}
