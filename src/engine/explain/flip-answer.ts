/** The smallest change that gives another answer: what may be changed, and when an answer has flipped. */
import { scoresOf } from '../../core/answers.ts';
import { hideableTokens } from '../../core/change.ts';
import { VqaError } from '../../core/errors.ts';
import type { Flip, FlipParams, FlipProgress, HeadPlace } from '../../core/explanation.ts';
import { findFlip, type Candidate, type Standing } from '../../explain/find-flip.ts';
import type { ModelPack } from '../../core/pack/pack.ts';
import type { AskedWords, ExplainableModel } from './explain-answer.ts';
import { runWhole } from '../lxmert/run-whole.ts';
import { takesGates } from '../lxmert/open-gates.ts';
import { createRunChanges } from '../lxmert/run-changes.ts';

const DEFAULT_STEPS = 6;

export async function flipAnswer(
  model: ExplainableModel,
  asked: AskedWords,
  { among = ['region', 'token'], removal = 'mask', maxSteps = DEFAULT_STEPS }: FlipParams,
  signal: AbortSignal | undefined,
  onProgress: (progress: FlipProgress) => void,
): Promise<Flip> {
  const startedAt = performance.now();
  if (among.includes('head') && !takesGates(model.graphs.cross)) {
    throw new VqaError('gates-missing', `The heads of the pack ${model.pack.name} cannot be switched off.`);
  }
  const { logits } = await runWhole(model, asked, {});
  const best = bestOf(logits, null);
  const judge = (changed: Float32Array): Standing => standingOf(changed, best, model.pack);
  const first = judge(logits);
  const candidates: Candidate[] = [
    ...(among.includes('token')
      ? hideableTokens(asked.tokens).map((index): Candidate => ({ kind: 'token', index }))
      : []),
    ...(among.includes('region')
      ? Array.from({ length: asked.scene.mask.dims[1] }, (_, index): Candidate => ({ kind: 'region', index }))
      : []),
    ...(among.includes('head') ? everyHead(model.pack.lxmert) : []),
  ];
  const run = createRunChanges(model, asked, {}, signal);
  const { to, steps, change, runs } = await findFlip(
    run,
    candidates,
    judge,
    { base: { removal }, maxSteps },
    (done, stepsSoFar) => onProgress({ stage: 'search', runs: done, steps: [...stepsSoFar] }),
  );
  const durationMs = performance.now() - startedAt;
  return { from: first.best, to, steps, change, runs: runs + 1, durationMs };
}

function standingOf(logits: Float32Array, first: number, { labels, scores }: ModelPack): Standing {
  const best = bestOf(logits, null);
  const rival = bestOf(logits, first);
  const probabilities = scoresOf(logits, scores);
  return {
    best: { answer: labels.answers[best] ?? '', score: probabilities[best] ?? Number.NaN },
    score: probabilities[first] ?? Number.NaN,
    lead: (logits[first] ?? Number.NaN) - (logits[rival] ?? Number.NaN),
  };
}

/** The index of the largest logit but `except`. */
function bestOf(logits: Float32Array, except: number | null): number {
  let best = -1;
  for (const [index, logit] of logits.entries()) {
    if (index !== except && (best < 0 || logit > logits[best]!)) best = index;
  }
  return best;
}

/** Heads that the answer can hang on; the last layer's regions are read by nobody. */
function everyHead({ heads, languageLayers, visionLayers, crossLayers }: ModelPack['lxmert']): Candidate[] {
  const of = (module: HeadPlace['module'], layers: number): Candidate[] =>
    Array.from({ length: layers * heads }, (_, index) => ({
      kind: 'head',
      place: { module, layer: Math.floor(index / heads), head: index % heads },
    }));
  return [
    ...of('language', languageLayers),
    ...of('vision', visionLayers),
    ...of('textToRegion', crossLayers),
    ...of('regionToText', crossLayers - 1),
    ...of('textSelf', crossLayers),
    ...of('regionSelf', crossLayers - 1),
  ];
}
