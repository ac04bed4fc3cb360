/** Explanations of one answer, by every method: which runs they need, and what their numbers mean. */
import { scoresOf } from '../../core/answers.ts';
import { checkChange, hideableTokens } from '../../core/change.ts';
import { VqaError } from '../../core/errors.ts';
import {
  REMOVALS,
  type Change,
  type Evidence,
  type ExplainParams,
  type ExplainProgress,
  type Explanation,
  type ExplanationMethod,
  type Removal,
} from '../../core/explanation.ts';
import { keepOne } from '../../explain/keep-one.ts';
import { leaveOneOut, type OnEvidence, type Pieces } from '../../explain/leave-one-out.ts';
import type { ModelPack } from '../../core/pack/pack.ts';
import { headImportance, lastAttention, relevance, rollout } from '../../explain/relevance.ts';
import { sampleShapley } from '../../explain/shapley.ts';
import { textShare } from '../../explain/shares.ts';
import type { AttentionMaps, Token } from '../../core/types.ts';
import type { GradientGraph } from '../lxmert/gradient-graph.ts';
import { createRunChanges, type Asked, type ChangeableModel } from '../lxmert/run-changes.ts';
import { runGradients } from '../lxmert/run-gradients.ts';
import { runWhole, type WholeRun } from '../lxmert/run-whole.ts';

/** A model that can be asked why. */
export interface ExplainableModel extends ChangeableModel {
  readonly pack: ModelPack;
  readonly gradients: GradientGraph;
}

/** A question about a photo, with the words it was read as. */
export interface AskedWords extends Asked {
  readonly tokens: readonly Token[];
}

interface Found extends Evidence {
  readonly removal?: Removal;
  readonly standardErrors?: Evidence;
  readonly shareError?: number;
  readonly headImportance?: Explanation['headImportance'];
  readonly gradients?: AttentionMaps;
  readonly runs: number;
}

/** What is asked of a method once the answer is known. */
interface Inquiry {
  readonly answer: number;
  readonly against: number | null;
  /** The explained number. */
  readonly target: (logits: Float32Array) => number;
  readonly params: ExplainParams;
  readonly base: Change;
  readonly whole: WholeRun;
}

const DEFAULT_ORDERS = 16;
const DEFAULT_TOLERANCE = 0.1;
const DEFAULT_SEED = 1;

const MEANINGS: Readonly<Record<ExplanationMethod, { signed: boolean; unit: string; scale: string }>> = {
  attention: {
    signed: false,
    unit: 'attention',
    scale:
      'The share of [CLS]’s attention in the last cross layer, mean over heads: regions sum to 1. It knows nothing of the answer.',
  },
  rollout: {
    signed: false,
    unit: 'attention',
    scale: 'Attention multiplied through the layers. It knows nothing of the answer.',
  },
  relevance: {
    signed: false,
    unit: 'relevance',
    scale:
      'Attention weighted by the gradient of the answer’s logit, through all layers. It cannot show evidence against the answer.',
  },
  'leave-one-out': {
    signed: true,
    unit: 'logit',
    scale: 'What the answer’s logit loses without it; below 0, the answer gains.',
  },
  'leave-one-out-keep-one': {
    signed: true,
    unit: 'logit',
    scale:
      'What the answer’s logit loses without it and gains from it alone, mean over two ways of taking things away; below 0, it speaks against.',
  },
  shapley: {
    signed: true,
    unit: 'logit',
    scale:
      'What it adds to the answer’s logit, mean over random orders of taking things away; below 0, it speaks against.',
  },
};

export async function explainAnswer(
  model: ExplainableModel,
  asked: AskedWords,
  params: ExplainParams,
  known: WholeRun | null,
  signal: AbortSignal | undefined,
  onProgress: (progress: ExplainProgress) => void,
): Promise<Explanation & { readonly whole: WholeRun }> {
  const startedAt = performance.now();
  const { imageId, question, method } = params;
  const base = params.change ?? {};
  checkChange(base, asked.scene.features.features.dims[0], asked.tokens);
  const whole = known ?? (await runWhole(model, asked, base));
  signal?.throwIfAborted();
  const answer = answerIndex(model.pack, params.answer, whole.logits);
  const against = params.against === undefined ? null : answerIndex(model.pack, params.against, whole.logits);
  const target = (logits: Float32Array) => logits[answer]! - (against === null ? 0 : logits[against]!);
  const inquiry: Inquiry = { answer, against, target, params, base, whole };
  const onEvidence: OnEvidence = (done, total, evidence, errors) =>
    // Copies: evidence goes on being filled in.
    onProgress({
      stage: 'run',
      done,
      total,
      evidence: copied(evidence),
      standardErrors: errors && copied(errors),
    });
  const found = await METHODS[method](model, asked, inquiry, signal, onEvidence);
  const { tokens, regions } = withoutMarks(found, asked.tokens);
  const text = textShare({ tokens, regions });
  return {
    imageId,
    question,
    method,
    answer: model.pack.labels.answers[answer] ?? '',
    against: against === null ? null : (model.pack.labels.answers[against] ?? ''),
    logit: target(whole.logits),
    score: scoresOf(whole.logits, model.pack.scores)[answer] ?? Number.NaN,
    tokensRead: asked.tokens,
    tokens,
    regions,
    ...MEANINGS[method],
    removal: found.removal ?? null,
    standardErrors: found.standardErrors ?? null,
    shares: { text, image: 1 - text, standardError: found.shareError ?? null },
    headImportance: found.headImportance ?? null,
    gradients: found.gradients ?? null,
    runs: found.runs + (known === null ? 1 : 0),
    durationMs: performance.now() - startedAt,
    whole,
  };
}

type Method = (
  model: ExplainableModel,
  asked: AskedWords,
  inquiry: Inquiry,
  signal: AbortSignal | undefined,
  onEvidence: OnEvidence,
) => Promise<Found>;

const METHODS: Readonly<Record<ExplanationMethod, Method>> = {
  attention: (_model, _asked, { whole }) => Promise.resolve({ ...lastAttention(whole.attention), runs: 0 }),
  rollout: (_model, _asked, { whole }) => Promise.resolve({ ...rollout(whole.attention), runs: 0 }),

  async relevance(model, asked, { answer, against, base }, signal) {
    const graph = await model.gradients.open(signal);
    const target = targetOf(model.pack, answer, against);
    const inputs = { ...asked, features: asked.scene.features, change: base, target };
    const { attention, gradients } = await runGradients(graph, inputs, model.pack.lxmert);
    return {
      ...relevance(attention, gradients),
      headImportance: headImportance(attention, gradients),
      gradients,
      runs: 1,
    };
  },

  async 'leave-one-out'(model, asked, { target, params, base, whole }, signal, onEvidence) {
    const removal = params.removal ?? 'mask';
    const pieces = piecesOf(asked);
    const run = createRunChanges(model, asked, { ...base, removal }, signal);
    const attended = lastAttention(whole.attention);
    const settings = { target, whole: target(whole.logits), attended };
    const evidence = await leaveOneOut(run, pieces, settings, onEvidence);
    return { ...evidence, removal, runs: pieces.regions + pieces.hideable.length };
  },

  async 'leave-one-out-keep-one'(model, asked, { target, base, whole }, signal, onEvidence) {
    const runs = REMOVALS.map((removal) => createRunChanges(model, asked, { ...base, removal }, signal));
    const settings = { target, whole: target(whole.logits), attended: lastAttention(whole.attention) };
    return keepOne(runs, piecesOf(asked), settings, onEvidence);
  },

  async shapley(model, asked, { target, params, base, whole }, signal, onEvidence) {
    const removal = params.removal ?? 'mask';
    const { orders = DEFAULT_ORDERS, tolerance = DEFAULT_TOLERANCE, seed = DEFAULT_SEED } = params;
    const run = createRunChanges(model, asked, { ...base, removal }, signal);
    const settings = { target, whole: target(whole.logits), orders, tolerance, seed };
    const { values, ...found } = await sampleShapley(run, piecesOf(asked), settings, onEvidence);
    return { ...values, ...found, removal };
  },
};

export function piecesOf({ scene, tokens }: AskedWords): Pieces {
  return {
    regions: scene.features.features.dims[0],
    tokens: tokens.length,
    hideable: hideableTokens(tokens),
  };
}

/**
 * The best answer's index, or that of the one asked for.
 * @throws VqaError `change-invalid` when the pack has no such answer
 */
export function answerIndex(
  { labels, name }: Pick<ModelPack, 'labels' | 'name'>,
  answer: string | undefined,
  logits: Float32Array,
): number {
  if (answer === undefined) return logits.indexOf(logits.reduce((a, b) => Math.max(a, b), -Infinity));
  const index = labels.answers.indexOf(answer);
  if (index < 0) throw new VqaError('change-invalid', `The pack ${name} has no answer “${answer}”.`);
  return index;
}

/** [answer]: what is explained as weights of the logits. */
export function targetOf(
  { labels }: Pick<ModelPack, 'labels'>,
  answer: number,
  against: number | null,
): Float32Array {
  const target = new Float32Array(labels.answers.length);
  target[answer] = 1;
  if (against !== null) target[against] = -1;
  return target;
}

/** [CLS] and [SEP] are always there: they are no evidence. */
function withoutMarks({ tokens, regions }: Evidence, read: readonly Token[]): Evidence {
  return { tokens: tokens.map((value, index) => (read[index]?.kind === 'special' ? 0 : value)), regions };
}

function copied({ tokens, regions }: Evidence): Evidence {
  return { tokens: tokens.slice(), regions: regions.slice() };
}
