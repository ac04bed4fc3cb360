/** Everything that has to be known to get the same numbers again. Pure. */
import type { LoadReport } from '../../core/engine.ts';
import type { Explanation } from '../../core/explanation.ts';
import { packHash } from '../../core/pack/pack-hash.ts';
import { hasEdits } from '../inquiry/edits.ts';
import type { Edits, PhotoLayer } from '../inquiry/lab-state.ts';
import type { AttentionView, Exchange } from '../work/state.ts';

export interface RunSettings {
  readonly page: 'In-Page VQA';
  readonly pack: {
    readonly id: string;
    readonly name: string;
    readonly version: string;
    /** Over the list of its files; see `core/pack-hash.ts`. */
    readonly sha256: string;
    /** How the scores came from the logits. */
    readonly scores: 'softmax' | 'sigmoid';
  };
  readonly backend: string;
  readonly photo: { readonly name: string; readonly width: number; readonly height: number };
  readonly layer: PhotoLayer;
  readonly attention: AttentionView;
  readonly explanations: readonly ExplanationSettings[];
  /** Null when the run was the plain one. */
  readonly edits: Edits | null;
}

/** What one map is of. */
export type ExplanationSettings = Pick<
  Explanation,
  | 'method'
  | 'answer'
  | 'against'
  | 'logit'
  | 'score'
  | 'signed'
  | 'unit'
  | 'scale'
  | 'removal'
  | 'shares'
  | 'runs'
>;

export function runSettings(
  { pack, backend }: LoadReport,
  { photo, scene }: Exchange,
  shown: {
    readonly layer: PhotoLayer;
    readonly attention: AttentionView;
    readonly explanations: readonly Explanation[];
    readonly edits: Edits;
  },
): RunSettings {
  const { id, name, version, scores, files } = pack;
  return {
    page: 'In-Page VQA',
    pack: { id, name, version, sha256: packHash(files), scores },
    backend: backend.backend,
    photo: { name: photo.name, ...scene.size },
    layer: shown.layer,
    attention: shown.attention,
    explanations: shown.explanations.map(settingsOf),
    edits: hasEdits(shown.edits) ? shown.edits : null,
  };
}

function settingsOf(explanation: Explanation): ExplanationSettings {
  const { method, answer, against, logit, score, signed, unit, scale, removal, shares, runs } = explanation;
  return { method, answer, against, logit, score, signed, unit, scale, removal, shares, runs };
}

/** The lines under a figure: the pack with its hash, the photo, the backend. */
export function captionLines({ pack, backend, photo }: RunSettings, regions: number): readonly string[] {
  return [
    `${pack.name} ${pack.version} on ${backend === 'webgpu' ? 'WebGPU' : 'WASM'}; ${photo.name}, ${photo.width} × ${photo.height}, ${regions} regions. Drawn by In-Page VQA.`,
    `Model pack SHA-256 ${pack.sha256}`,
  ];
}
