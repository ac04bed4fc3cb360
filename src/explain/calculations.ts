/** The calculation of each method in `registry.ts`: fetched when an answer is first explained. */
import type { ExplanationMethod } from '../core/explanation.ts';
import type { Calculation } from './method.ts';
import * as attendedRelevance from './methods/attended-relevance.ts';
import * as attention from './methods/attention.ts';
import * as keepOne from './methods/leave-one-out-keep-one.ts';
import * as leaveOneOut from './methods/leave-one-out.ts';
import * as relevance from './methods/relevance.ts';
import * as rollout from './methods/rollout.ts';
import * as shapley from './methods/shapley.ts';

export const CALCULATIONS: Readonly<Record<ExplanationMethod, Calculation>> = {
  'attended-relevance': attendedRelevance,
  'leave-one-out-keep-one': keepOne,
  'leave-one-out': leaveOneOut,
  relevance,
  shapley,
  attention,
  rollout,
};
