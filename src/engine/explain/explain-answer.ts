/** Explanations of one answer: runs for whichever method is asked for, and its numbers with what they mean. */
import { scoresOf } from '../../core/answers.ts';
import { checkChange, hideableTokens } from '../../core/change.ts';
import { VqaError } from '../../core/errors.ts';
import type { Evidence, ExplainParams, ExplainProgress, Explanation } from '../../core/explanation.ts';
import type { ModelPack } from '../../core/pack/pack.ts';
import type { Token } from '../../core/types.ts';
import type { OnEvidence, Pieces } from '../../explain/pieces.ts';
import { CALCULATIONS } from '../../explain/calculations.ts';
import { methodOf } from '../../explain/registry.ts';
import { textShare } from '../../explain/shares.ts';
import type { LaterGraphs } from '../pack/later-graphs.ts';
import type { PackGraphs } from '../pack/pack-graphs.ts';
import { createRunChanges, type Asked, type ChangeableModel } from '../lxmert/run-changes.ts';
import { openGradients, runGradients } from '../lxmert/run-gradients.ts';
import { runWhole, type WholeRun } from '../lxmert/run-whole.ts';

/** A model that can be asked why. */
export interface ExplainableModel extends ChangeableModel {
  readonly pack: ModelPack;
  readonly graphs: PackGraphs;
  /** Where the graph of gradients is. */
  readonly later: LaterGraphs;
}

/** A question about a photo, with the words it was read as. */
export interface AskedWords extends Asked {
  readonly tokens: readonly Token[];
}

const DEFAULT_ORDERS = 16;
const DEFAULT_TOLERANCE = 0.1;
const DEFAULT_SEED = 1;

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
  const onEvidence: OnEvidence = (done, total, evidence, errors) =>
    // Copies: evidence goes on being filled in.
    onProgress({
      stage: 'run',
      done,
      total,
      evidence: copied(evidence),
      standardErrors: errors && copied(errors),
    });
  const calculation = CALCULATIONS[method];
  if (!calculation) throw new VqaError('change-invalid', `There is no method of explanation “${method}”.`);
  const { isSigned } = methodOf(method);
  const { unit, scale } = calculation;
  const { removal = 'mask', orders = DEFAULT_ORDERS } = params;
  const { tolerance = DEFAULT_TOLERANCE, seed = DEFAULT_SEED } = params;
  const found = await calculation.explain({
    whole,
    target,
    pieces: piecesOf(asked),
    settings: { removal, orders, tolerance, seed },
    run: (by) => createRunChanges(model, asked, { ...base, removal: by }, signal),
    async gradients() {
      const graph = await openGradients(model, signal);
      const inputs = {
        ...asked,
        features: asked.scene.features,
        change: base,
        target: targetOf(model.pack, answer, against),
      };
      return await runGradients(graph, inputs, model.pack.lxmert);
    },
    onEvidence,
  });
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
    signed: isSigned,
    unit,
    scale,
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
