/** What can be done with an answer, one thing at a time. */
import type { ReactNode } from 'react';
import type { Tool } from '../session/inquiry/lab-state.ts';
import type { ShownAttention } from '../session/inquiry/show-attention.ts';
import type { ShownExplanation } from '../session/inquiry/show-explanation.ts';
import type { Exchange } from '../session/work/state.ts';
import { useAbilities } from './explain/shown-explanation.ts';
import { WhyPanel } from './explain/WhyPanel.tsx';
import { useLab, useLabActions } from './lab-context.ts';
import { useSessionState } from './session-context.ts';
import { SurgeryPanel } from './edits/EditsPanel.tsx';
import type { Surgery } from './edits/use-edits.ts';
import { KeepPanel } from './export/ExportPanel.tsx';
import { Tabs } from './Tabs.tsx';

const TOOLS: readonly { readonly key: Tool; readonly name: string }[] = [
  { key: 'why', name: 'Why' },
  { key: 'attention', name: 'Where it looked' },
  { key: 'change', name: 'What if' },
  { key: 'keep', name: 'Take along' },
];

interface InquiryProps {
  readonly exchange: Exchange;
  readonly why: ShownExplanation | null;
  readonly look: ShownAttention | null;
  readonly surgery: Surgery;
  /** The attention. */
  readonly children: ReactNode;
}

export function Inquiry({ exchange, why, look, surgery, children }: InquiryProps) {
  const tool = useLab((lab) => lab.tool);
  const { take } = useLabActions();
  const abilities = useAbilities();
  const report = useSessionState(({ engine }) => (engine.status === 'ready' ? engine.report : null));
  const isMissing = tool === 'keep' ? !report : tool !== 'attention' && !abilities;
  return (
    <Tabs label="About this answer" tabs={TOOLS} chosen={tool} onChoose={take}>
      {tool === 'why' && abilities && <WhyPanel exchange={exchange} abilities={abilities} shown={why} />}
      {tool === 'change' && abilities && (
        <SurgeryPanel exchange={exchange} abilities={abilities} surgery={surgery} />
      )}
      {tool === 'keep' && report && (
        <KeepPanel exchange={exchange} why={why} attention={look} report={report} />
      )}
      {isMissing && <p className="aside">The models are needed for this, and are not here yet.</p>}
      {tool === 'attention' && children}
    </Tabs>
  );
}
