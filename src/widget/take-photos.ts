/** Photos that are dropped or pasted anywhere on the element. */
export interface PhotoTaker {
  /** Whether the element takes photos at present. */
  readonly isOpen: () => boolean;
  readonly take: (photo: File) => void;
}

export function takePhotos(card: HTMLElement, { isOpen, take }: PhotoTaker): void {
  const hasFiles = ({ dataTransfer }: DragEvent) =>
    isOpen() && dataTransfer?.types.includes('Files') === true;

  card.addEventListener('dragover', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    card.dataset['drop'] = 'over';
  });
  card.addEventListener('dragleave', ({ relatedTarget }) => {
    const isInside = relatedTarget instanceof Node && card.contains(relatedTarget);
    if (!isInside) delete card.dataset['drop'];
  });
  card.addEventListener('drop', (event) => {
    delete card.dataset['drop'];
    const photo = event.dataTransfer?.files[0];
    if (!hasFiles(event) || !photo) return;
    event.preventDefault();
    take(photo);
  });
  card.addEventListener('paste', (event) => {
    const { clipboardData, target } = event;
    const photo = clipboardData?.files[0];
    // Office programs copy a picture of the text beside it: the question box is given the text.
    const isText = target instanceof HTMLInputElement && clipboardData?.types.includes('text/plain') === true;
    if (!photo || isText || !isOpen()) return;
    event.preventDefault();
    take(new File([photo], 'Pasted photo', { type: photo.type }));
  });
}
