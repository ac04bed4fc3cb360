/** Which explanation is meant and which is there. Pure. */
import type {
  Abilities,
  Explanation,
  ExplainProgress,
  ExplanationMethod,
  Faithfulness,
  FaithfulnessProgress,
} from '../../core/explanation.ts';
import { methodOf } from '../../explain/registry.ts';
import type { Inquiry, LabState, PhotoLayer, Tool, Work } from './lab-state.ts';
import type { EngineStatus, Exchange } from '../work/state.ts';

/** What can be done with the answer just now; null while there is nothing that could explain it. */
export function abilitiesFor(
  { exchange, recorded }: Pick<LabState, 'exchange' | 'recorded'>,
  engine: EngineStatus,
): Abilities | null {
  if (exchange?.standIn) return recorded;
  return engine.status === 'ready' ? engine.report.abilities : null;
}

/** A method that the pack on screen cannot run gives way to its default. */
export function chosenMethod({ method }: Inquiry, { methods, defaultMethod }: Abilities): ExplanationMethod {
  return method !== null && methods.includes(method) ? method : defaultMethod;
}

/** The answer that is explained: the best one unless another was chosen; undefined when there is none at all. */
export function chosenAnswer({ answer }: Inquiry, { prediction }: Exchange): string | undefined {
  return answer ?? prediction.answers[0]?.answer;
}

/** Whether a person can choose how the method takes things away. */
export function takesThingsAway(method: ExplanationMethod): boolean {
  return methodOf(method).removals === 'chosen';
}

/** Two inquiries with one key have one explanation. */
export function inquiryKey(inquiry: Inquiry, abilities: Abilities): string {
  const method = chosenMethod(inquiry, abilities);
  const removal = takesThingsAway(method) ? inquiry.removal : null;
  return JSON.stringify([method, inquiry.answer, inquiry.against, removal]);
}

/** The inquiry about the same answer whose explanation holds gradients. */
export function gradientInquiry(inquiry: Inquiry): Inquiry {
  return { ...inquiry, method: 'relevance' };
}

/** The inquiry about the same answer by the method that stands beside. */
export function besideInquiry({ inquiry, beside }: Pick<LabState, 'inquiry' | 'beside'>): Inquiry {
  return beside === null ? inquiry : { ...inquiry, method: beside };
}

const NOT_ASKED = { status: 'idle' } as const;

/** The explanation on screen, or how far it is. */
export function selectExplanation(
  { inquiry, explanations }: Pick<LabState, 'inquiry' | 'explanations'>,
  abilities: Abilities,
): Work<ExplainProgress, Explanation> {
  return explanations.get(inquiryKey(inquiry, abilities)) ?? NOT_ASKED;
}

/** How true the methods are within the scope, or how far its measurement is. */
export function selectMeter({
  meters,
  scope,
}: Pick<LabState, 'meters' | 'scope'>): Work<FaithfulnessProgress, Faithfulness> {
  return meters.get(scope) ?? NOT_ASKED;
}

/** Every complete explanation of the answer on screen, each method once: what the truth meter and a file speak of. */
export function selectDone({ explanations }: LabState): readonly Explanation[] {
  return [...explanations.values()].flatMap((work) => (work.status === 'done' ? [work.result] : []));
}

const LAYERS: Readonly<Record<Tool, PhotoLayer>> = {
  why: 'why',
  attention: 'attention',
  edits: 'regions',
  flow: 'why',
  export: 'why',
};

/** What lies over the photo: what the person chose, else what belongs to the tool; regions before any answer. */
export function selectLayer({ exchange, layer, tool }: LabState): PhotoLayer {
  return layer ?? (exchange ? LAYERS[tool] : 'regions');
}
