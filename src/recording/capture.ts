/** Makes a recording of what an engine answered. */
import type { LoadReport } from '../core/engine.ts';
import type { Explanation } from '../core/explanation.ts';
import { packHash } from '../core/pack/pack-hash.ts';
import type { Prediction, Scene } from '../core/types.ts';
import type { RecordedAnswer, RecordedExplanation, RecordedPhoto, Recording } from './recording.ts';

export interface CaptureParams {
  readonly report: LoadReport;
  readonly scene: Scene;
  /** One at least, all about the photo of `scene`. */
  readonly predictions: readonly Prediction[];
  /** Of any of the predictions, each of an unchanged run. */
  readonly explanations?: readonly Explanation[];
  readonly photo: RecordedPhoto;
}

/** Of a question that was asked more than once, the first prediction is taken. */
export function captureRecording({
  report,
  scene,
  predictions,
  explanations = [],
  photo,
}: CaptureParams): Recording {
  const { id, name, version, description, licence, scores, lxmert, files } = report.pack;
  const { size, regions, notices, timings } = scene;
  const questions = [...new Set(predictions.map(({ question }) => question))];
  return {
    pack: {
      id,
      name,
      version,
      description,
      licence,
      scores,
      maxTokens: lxmert.maxTokens,
      sha256: packHash(files),
    },
    backend: report.backend.backend,
    photo,
    scene: { size, regions, notices, timings },
    answers: questions.flatMap((question) => {
      const prediction = predictions.find((candidate) => candidate.question === question);
      const reasons = explanations.filter((explanation) => explanation.question === question);
      return prediction ? [recordedAnswer(prediction, reasons)] : [];
    }),
  };
}

function recordedAnswer(prediction: Prediction, explanations: readonly Explanation[]): RecordedAnswer {
  const { question, tokens, overflow, answers, confidence, attention, timings } = prediction;
  return {
    question,
    tokens,
    overflow,
    answers,
    confidence,
    attention,
    timings,
    explanations: explanations.map(recordedExplanation),
  };
}

function recordedExplanation(explanation: Explanation): RecordedExplanation {
  const {
    imageId: _,
    question: _question,
    tokensRead: _tokens,
    gradients: _gradients,
    ...kept
  } = explanation;
  return kept;
}
