/** The way to the dialog that embeds. */
import { useState } from 'react';
import type { LoadReport } from '../../core/engine.ts';
import { selectDone } from '../../session/inquiry/select-explanation.ts';
import type { Exchange } from '../../session/work/state.ts';
import { useSamples } from '../image/samples.ts';
import { useOpenLab } from '../lab-context.ts';
import { EmbedDialog } from './EmbedDialog.tsx';

interface EmbedSectionProps {
  readonly exchange: Exchange;
  readonly report: LoadReport;
}

export function EmbedSection({ exchange, report }: EmbedSectionProps) {
  const lab = useOpenLab();
  const samples = useSamples();
  /** What had been explained when the dialog was opened. */
  const [explanations, setExplanations] = useState<ReturnType<typeof selectDone> | null>(null);
  const { photo } = exchange;
  const sample = photo.source === 'sample' ? samples.find(({ file }) => file === photo.name) : undefined;
  return (
    <section className="keep-files" aria-label="On your own page">
      <h3>On your own page</h3>
      <p className="aside">This photo and its answers as an element, an iframe or a recording.</p>
      <div className="button-row">
        <button type="button" className="button" onClick={() => setExplanations(selectDone(lab.getState()))}>
          Embed or record…
        </button>
      </div>
      {explanations && (
        <EmbedDialog
          exchange={exchange}
          report={report}
          explanations={explanations}
          alt={sample?.alt ?? ''}
          onClose={() => setExplanations(null)}
        />
      )}
    </section>
  );
}
