/** What can be done with an answer, one thing at a time. */
import type { ReactNode } from 'react';
import type { Tool } from '../session/inquiry/lab-state.ts';
import type { ShownAttention } from '../session/inquiry/show-attention.ts';
import type { ShownExplanation } from '../session/inquiry/show-explanation.ts';
import type { Exchange } from '../session/work/state.ts';
import { bringIntoView } from './bench/bring-into-view.ts';
import type { Surgery } from './edits/use-edits.ts';
import { useAbilities } from './explain/shown-explanation.ts';
import { useLab, useLabActions } from './lab-context.ts';
import { useSessionState } from './session-context.ts';
import { Tabs } from './Tabs.tsx';
import { EditsPanel, ExportPanel, FlowPanel, WhyPanel } from './tools.ts';

const TOOLS: readonly { readonly key: Tool; readonly name: string }[] = [
  { key: 'why', name: 'Why' },
  { key: 'attention', name: 'Attention' },
  { key: 'edits', name: 'What if' },
  { key: 'flow', name: 'How it works' },
  { key: 'export', name: 'Save and share' },
];

interface InquiryProps {
  readonly exchange: Exchange;
  readonly why: ShownExplanation | null;
  readonly look: ShownAttention | null;
  readonly surgery: Surgery;
  /** Where what needs the width of the page is put. */
  readonly widePlace: HTMLElement | null;
  /** The attention. */
  readonly children: ReactNode;
}

export function Inquiry({ exchange, why, look, surgery, widePlace, children }: InquiryProps) {
  const tool = useLab((lab) => lab.tool);
  const { take } = useLabActions();
  const abilities = useAbilities();
  const report = useSessionState(({ engine }) => (engine.status === 'ready' ? engine.report : null));
  const isMissing = tool === 'export' ? !report : (tool === 'why' || tool === 'edits') && !abilities;
  return (
    <Tabs
      label="About this answer"
      tabs={TOOLS}
      chosen={tool}
      onChoose={(chosen) => {
        take(chosen);
        if (chosen === 'flow') bringIntoView('how-it-works');
      }}
      place={tool === 'flow' ? widePlace : null}
    >
      {tool === 'why' && abilities && <WhyPanel exchange={exchange} abilities={abilities} shown={why} />}
      {tool === 'edits' && abilities && (
        <EditsPanel exchange={exchange} abilities={abilities} surgery={surgery} />
      )}
      {tool === 'flow' && <FlowPanel />}
      {tool === 'export' && report && (
        <ExportPanel exchange={exchange} why={why} attention={look} report={report} />
      )}
      {isMissing && <p className="aside">This needs the models, which are not here yet.</p>}
      {tool === 'attention' && children}
    </Tabs>
  );
}
