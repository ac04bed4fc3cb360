/** What is on screen as the text of a recording, made anew whenever a choice changes. */
import { useEffect, useState } from 'react';
import type { LoadReport } from '../../core/engine.ts';
import { asVqaError } from '../../core/errors.ts';
import type { Explanation } from '../../core/explanation.ts';
import type { ErrorReport } from '../../core/types.ts';
import { captureRecording } from '../../recording/capture.ts';
import { parseRecording } from '../../recording/parse-recording.ts';
import type { Recording } from '../../recording/recording.ts';
import { writeRecording } from '../../recording/write-recording.ts';
import type { Exchange } from '../../session/work/state.ts';
import { photoDataUrl } from '../export/photo-data-url.ts';

export interface RecordingChoice {
  readonly report: LoadReport;
  /** All about one photo and its regions; one at least. */
  readonly exchanges: readonly Exchange[];
  readonly explanations: readonly Explanation[];
  readonly alt: string;
  /** Pixels of the longer side of the photo that goes in; null leaves it out. */
  readonly photoSide: number | null;
}

export type MadeRecording =
  | { readonly status: 'making' }
  | { readonly status: 'made'; readonly text: string; readonly bytes: number; readonly recording: Recording }
  | { readonly status: 'failed'; readonly error: ErrorReport };

const MAKING: MadeRecording = { status: 'making' };

export function useRecording(choice: RecordingChoice): MadeRecording {
  const { report, exchanges, explanations, alt, photoSide } = choice;
  const [made, setMade] = useState<MadeRecording>(MAKING);
  // Arrays of the same things are the same choice.
  const asked = exchanges.map(({ id }) => id).join(' ');
  useEffect(() => {
    let isWanted = true;
    const tell = (next: MadeRecording) => {
      if (isWanted) setMade(next);
    };
    make({ report, exchanges, explanations, alt, photoSide }).then(tell, (thrown: unknown) =>
      tell({ status: 'failed', error: asVqaError(thrown, 'file-not-made').toReport() }),
    );
    return () => {
      isWanted = false;
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [report, asked, explanations, alt, photoSide]);
  return made;
}

async function make({
  report,
  exchanges,
  explanations,
  alt,
  photoSide,
}: RecordingChoice): Promise<MadeRecording> {
  const [first] = exchanges;
  if (!first) return MAKING;
  const thumbnail = photoSide === null ? null : await thumbnailOf(first.photo.blob, photoSide);
  const text = await writeRecording(
    captureRecording({
      report,
      scene: first.scene,
      predictions: exchanges.map(({ prediction }) => prediction),
      explanations,
      photo: {
        name: photoSide === null ? 'photo' : first.photo.name,
        alt: alt === '' ? null : alt,
        credit: null,
        thumbnail,
      },
    }),
  );
  const bytes = new TextEncoder().encode(text).length;
  return { status: 'made', text, bytes, recording: await parseRecording(text) };
}

async function thumbnailOf(photo: Blob, side: number): Promise<Blob> {
  const response = await fetch(await photoDataUrl(photo, side));
  return response.blob();
}
