/** What both entries of the package give away, whatever runs the models. */
export { doubtSentence } from '../core/pack/doubt-sentence.ts';
export { VqaError, type VqaErrorCode } from '../core/errors.ts';
export { METHOD_IDS as EXPLANATION_METHODS } from '../explain/registry.ts';
export { captureRecording, type CaptureParams } from '../recording/capture.ts';
export { parseRecording } from '../recording/parse-recording.ts';
export { photoOf } from '../recording/photo-ground.ts';
export { MAX_RECORDING_BYTES } from '../recording/recording.ts';
export { writeRecording } from '../recording/write-recording.ts';
export { playRecording } from './play-recording.ts';
export { DEFAULT_PACK } from './vqa.ts';
export type { DetectProgress, LoadProgress, LoadReport } from '../core/engine.ts';
export type * from '../core/explanation.ts';
export type * from '../core/head-inspection.ts';
export type { ModelCard } from '../core/pack/model-card.ts';
export type { ModelPack } from '../core/pack/pack.ts';
export type { Tensor } from '../core/tensor.ts';
export type * from '../core/types.ts';
export type {
  RecordedAnswer,
  RecordedExplanation,
  RecordedPack,
  RecordedPhoto,
  Recording,
} from '../recording/recording.ts';
export type { ProbeReport } from './probe.ts';
export type { AskSettings, CallSettings, DetectedPhoto, LoadVqaOptions, Vqa } from './vqa.ts';
