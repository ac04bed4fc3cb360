/** Why an answer: by which method, what a number means, the evidence in the words, and the numbers. */
import type { Abilities, ExplainProgress } from '../../core/explanation.ts';
import { ATTENTION_CAVEAT } from '../../session/words/attention-words.ts';
import { REMOVAL_MEANINGS, sharesSentence } from '../../session/words/explanation-words.ts';
import { HOW } from '../../explain/how.ts';
import { methodOf } from '../../explain/registry.ts';
import { chosenMethod } from '../../session/inquiry/select-explanation.ts';
import type { ShownExplanation } from '../../session/inquiry/show-explanation.ts';
import type { Exchange } from '../../session/work/state.ts';
import { duration } from '../format.ts';
import { useLab, useLabActions } from '../lab-context.ts';
import { ErrorNote } from '../status/ErrorNote.tsx';
import { AnyAnswer } from './AnyAnswer.tsx';
import { ExplanationTable } from './ExplanationTable.tsx';
import { InquiryControls } from './InquiryControls.tsx';
import { useExplanationWork } from './shown-explanation.ts';
import { TruthMeter } from './FaithfulnessPanel.tsx';
import { TwoMaps } from './TwoMaps.tsx';
import { answerWords } from './WhyCaption.tsx';
import { WordEvidence } from './WordEvidence.tsx';

interface WhyPanelProps {
  readonly exchange: Exchange;
  readonly abilities: Abilities;
  readonly shown: ShownExplanation | null;
}

export function WhyPanel({ exchange, abilities, shown }: WhyPanelProps) {
  const work = useExplanationWork();
  const inquiry = useLab((lab) => lab.inquiry);
  const { inquire } = useLabActions();
  return (
    <section className="why" aria-labelledby="why-title" aria-busy={work.status === 'running'}>
      <h2 id="why-title">{shown ? titleOf(shown) : 'Why this answer?'}</h2>
      <InquiryControls exchange={exchange} abilities={abilities} />
      <AnyAnswer exchange={exchange} />
      {work.status === 'running' && (
        <RunningNote
          progress={work.progress}
          mayStopEarly={methodOf(chosenMethod(inquiry, abilities)).cost === 'orders'}
        />
      )}
      {work.status === 'failed' && (
        <ErrorNote error={work.error}>
          <button type="button" className="button" onClick={() => void inquire({})}>
            Try again
          </button>
        </ErrorNote>
      )}
      {shown && (
        <>
          <WordEvidence shown={shown} />
          {shown.complete.signed && <p className="why-shares">{sharesSentence(shown.complete.shares)}</p>}
          <TwoMaps abilities={abilities} shown={shown} />
          <ExplanationTable shown={shown} />
        </>
      )}
      <MethodNote abilities={abilities} shown={shown} />
      <TruthMeter exchange={exchange} abilities={abilities} />
    </section>
  );
}

/** Only what it answered has a why. */
function titleOf(shown: ShownExplanation): string {
  const isBest = shown.answer === shown.exchange.prediction.answers[0]?.answer;
  return isBest ? `Why ${answerWords(shown)}?` : `What speaks for ${answerWords(shown)}?`;
}

interface RunningNoteProps {
  readonly progress: ExplainProgress | null;
  /** Random orders are drawn until the errors are small. */
  readonly mayStopEarly: boolean;
}

function RunningNote({ progress, mayStopEarly }: RunningNoteProps) {
  const of = mayStopEarly ? 'of at most' : 'of';
  return (
    <p className="aside">
      {progress && progress.total > 1
        ? `Working it out: ${progress.done} ${of} ${progress.total} runs of the model.`
        : 'Working it out…'}
    </p>
  );
}

/** How the method works, what its numbers mean, and whether they can show evidence against. */
function MethodNote({ abilities, shown }: Pick<WhyPanelProps, 'abilities' | 'shown'>) {
  const inquiry = useLab((lab) => lab.inquiry);
  const method = chosenMethod(inquiry, abilities);
  const { isSigned } = methodOf(method);
  const complete = shown?.complete;
  return (
    <div className="method-note">
      <p>
        {HOW[method]} {complete?.scale} {/against/u.test(complete?.scale ?? '') ? '' : againstWords(isSigned)}
        {complete && ` ${runWords(complete.runs)}, ${duration(complete.durationMs)}.`}
      </p>
      {complete?.unit === 'attention' && <p>{ATTENTION_CAVEAT}</p>}
      {complete?.removal && <p>{REMOVAL_MEANINGS[complete.removal]}</p>}
      {!abilities.methods.includes('relevance') && (
        <p>
          This model pack has no gradients, because its weights are rounded to 8 bits. Relevance needs
          gradients; the other methods work without them.
        </p>
      )}
    </div>
  );
}

function againstWords(canSpeakAgainst: boolean): string {
  return `It ${canSpeakAgainst ? 'can' : 'cannot'} show evidence against an answer.`;
}

function runWords(runs: number): string {
  return runs === 1 ? 'One run of the model' : `${runs} runs of the model`;
}
