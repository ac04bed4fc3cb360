/** The truth meter of one answer: every method's ranking and the baselines', under both removals. */
import { scoresOf } from '../../core/answers.ts';
import {
  REMOVALS,
  type Faithfulness,
  type FaithfulnessCurve,
  type FaithfulnessParams,
  type FaithfulnessProgress,
} from '../../core/explanation.ts';
import {
  baselineRankings,
  measureRankings,
  orderInScope,
  pointsOf,
  rankedBy,
  type Subject,
} from '../../explain/faithfulness.ts';
import { agreementsOf, type FoundEvidence } from '../../explain/rank-correlation.ts';
import { remembering, type RunChanges } from '../../explain/run-changes.ts';
import type { Region } from '../../core/types.ts';
import { explainAnswer, type AskedWords, type ExplainableModel } from './explain-answer.ts';
import { methodsOf } from './methods-of.ts';
import { runWhole } from '../lxmert/run-whole.ts';
import { createRunChanges } from '../lxmert/run-changes.ts';

const DEFAULT_SEED = 1;
/** For a ranking fewer orders do than for numbers with error bars. */
const SHAPLEY_ORDERS = 4;
/** Whoever follows the progress has other things to do, too. */
const POINTS_PER_PROGRESS = 10;

export async function measureFaithfulness(
  model: ExplainableModel,
  { regions, ...asked }: AskedWords & { readonly regions: readonly Region[] },
  params: FaithfulnessParams,
  signal: AbortSignal | undefined,
  onProgress: (progress: FaithfulnessProgress) => void,
): Promise<Faithfulness> {
  const startedAt = performance.now();
  const { imageId, question, seed = DEFAULT_SEED, scope = 'regions', removals = REMOVALS } = params;
  const methods = params.methods ?? methodsOf(model.pack);
  const whole = await runWhole(model, asked, {});
  const found: FoundEvidence[] = [];
  let runs = 1;
  let { answer } = params;
  for (const method of methods) {
    onProgress({ stage: 'explain', done: found.length, total: methods.length, curves: [] });
    const inquiry = { imageId, question, method, answer, seed, orders: SHAPLEY_ORDERS };
    const explanation = await explainAnswer(model, asked, inquiry, whole, signal, () => undefined);
    answer = explanation.answer;
    runs += explanation.runs;
    found.push({ method, regions: explanation.regions, tokens: explanation.tokens });
  }
  const index = model.pack.labels.answers.indexOf(answer ?? '');
  const score = (logits: Float32Array) => scoresOf(logits, model.pack.scores)[index] ?? Number.NaN;
  const subject: Subject = { regions, tokens: asked.tokens, scope };
  const rankings = [
    ...found.map(({ method, ...evidence }) => rankedBy(method, evidence, subject)),
    ...baselineRankings(subject, seed),
  ];
  const plain = createRunChanges(model, asked, {}, signal);
  const counting: RunChanges = async function* counted(changes) {
    for await (const one of plain(changes)) {
      runs += 1;
      yield one;
    }
  };
  // Rankings have their ends in common, and often their first pieces.
  const run = remembering(counting);
  const curves: FaithfulnessCurve[] = [];
  const total = pointsOf(rankings) * removals.length;
  let done = 0;
  const tell = () => onProgress({ stage: 'measure', done, total, curves: copied(curves) });
  for (const removal of removals) {
    tell();
    const measured = await measureRankings(run, rankings, removal, score, () => {
      done += 1;
      if (done % POINTS_PER_PROGRESS === 0) tell();
    });
    curves.push(...measured);
  }
  return {
    imageId,
    question,
    answer: answer ?? '',
    scope,
    curves,
    agreements: agreementsOf(found, orderInScope(subject)),
    runs,
    durationMs: performance.now() - startedAt,
  };
}

/** Progress may be moved to another thread; the curves are needed again. */
function copied(curves: readonly FaithfulnessCurve[]): readonly FaithfulnessCurve[] {
  return curves.map((curve) => ({
    ...curve,
    fractions: curve.fractions.slice(),
    scores: curve.scores.slice(),
  }));
}
