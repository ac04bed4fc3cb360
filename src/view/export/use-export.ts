/** Makes each of the files, from what is on screen now. */
import { useState } from 'react';
import { asVqaError } from '../../core/errors.ts';
import type { LoadReport } from '../../core/engine.ts';
import type { ErrorReport } from '../../core/types.ts';
import { figureSvg } from '../../draw/figure-svg.ts';
import { captureRecording } from '../../recording/capture.ts';
import { writeRecording } from '../../recording/write-recording.ts';
import { selectDone, selectLayer } from '../../session/inquiry/select-explanation.ts';
import { captionLines, runSettings, type RunSettings } from '../../session/address/run-settings.ts';
import { selectOutcome } from '../../session/inquiry/select-edits.ts';
import type { ShownAttention } from '../../session/inquiry/show-attention.ts';
import type { ShownExplanation } from '../../session/inquiry/show-explanation.ts';
import type { Exchange } from '../../session/work/state.ts';
import { useOpenLab } from '../lab-context.ts';
import { useSession } from '../session-context.ts';
import { makeFigure } from './make-figure.ts';
import { photoDataUrl } from './photo-data-url.ts';
import { rasterise } from './rasterise.ts';
import { replayHtml } from './replay-html.ts';
import { jsonOf, npzOf, type RunToKeep } from './run-arrays.ts';
import { fileName, saveFile } from './save-file.ts';

export type FileKind = 'png' | 'svg' | 'npz' | 'json' | 'html' | 'recording.json';

export interface Kept {
  readonly exchange: Exchange;
  readonly why: ShownExplanation | null;
  readonly attention: ShownAttention | null;
  readonly report: LoadReport;
}

export type Saving =
  | { readonly status: 'idle' }
  | { readonly status: 'saving'; readonly kind: FileKind }
  /** Gradients are missing where the pack has none, or its graph of them could not be had. */
  | { readonly status: 'saved'; readonly name: string; readonly lacksGradients: boolean }
  | { readonly status: 'failed'; readonly error: ErrorReport };

export interface TakeAlong {
  readonly saving: Saving;
  readonly save: (kind: FileKind, withPhoto: boolean) => Promise<void>;
}

/** Of the small photo inside a recording. */
const THUMBNAIL_SIDE = 640;

export function useTakeAlong({ exchange, why, attention, report }: Kept): TakeAlong {
  const session = useSession();
  const lab = useOpenLab();
  const [saving, setSaving] = useState<Saving>({ status: 'idle' });
  const { question } = exchange.prediction;

  function settings(): RunSettings {
    const state = lab.getState();
    return runSettings(report, exchange, {
      layer: selectLayer(state),
      attention: session.getState().attentionView,
      explanations: selectDone(state),
      edits: state.edits,
    });
  }

  async function svg(withPhoto: boolean): Promise<string> {
    const photo = withPhoto ? await photoDataUrl(exchange.photo.blob) : null;
    const state = lab.getState();
    const shown = { exchange, layer: selectLayer(state), picture: state.picture, why, attention };
    return figureSvg(makeFigure({ ...shown, settings: settings() }, photo));
  }

  /** With gradients wherever the pack can have them, whatever is on screen. */
  async function run(): Promise<RunToKeep> {
    if (report.abilities.methods.includes('relevance')) await lab.workOutGradients();
    const state = lab.getState();
    const explanations = selectDone(state);
    return {
      scene: exchange.scene,
      prediction: exchange.prediction,
      answerList: report.pack.labels.answers,
      scoring: report.pack.scores,
      explanations,
      changed: selectOutcome(state),
      settings: settings(),
    };
  }

  const hasGradients = () => selectDone(lab.getState()).some(({ gradients }) => gradients !== null);

  async function recording(withPhoto: boolean): Promise<string> {
    const { photo, scene, prediction } = exchange;
    const thumbnail = withPhoto
      ? await (await fetch(await photoDataUrl(photo.blob, THUMBNAIL_SIDE))).blob()
      : null;
    return writeRecording(
      captureRecording({
        report,
        scene,
        predictions: [prediction],
        explanations: selectDone(lab.getState()),
        photo: { name: withPhoto ? photo.name : 'photo', alt: null, credit: null, thumbnail },
      }),
    );
  }

  async function replay(withPhoto: boolean): Promise<string> {
    const address = new URL('embed/whole-element.js', document.baseURI);
    const response = await fetch(address);
    if (!response.ok)
      throw new Error(`The player at ${address.href} could not be fetched (status ${response.status}).`);
    return replayHtml({
      title: question,
      element: await response.text(),
      recording: await recording(withPhoto),
      caption: captionLines(settings(), exchange.scene.regions.length),
    });
  }

  const make: Readonly<Record<FileKind, (withPhoto: boolean) => Promise<Blob>>> = {
    svg: async (withPhoto) => new Blob([await svg(withPhoto)], { type: 'image/svg+xml' }),
    png: async (withPhoto) => rasterise(await svg(withPhoto)),
    npz: async () => new Blob([npzOf(await run())], { type: 'application/zip' }),
    json: async () => new Blob([jsonOf(await run())], { type: 'application/json' }),
    html: async (withPhoto) => new Blob([await replay(withPhoto)], { type: 'text/html' }),
    'recording.json': async (withPhoto) =>
      new Blob([await recording(withPhoto)], { type: 'application/json' }),
  };

  return {
    saving,
    async save(kind, withPhoto) {
      setSaving({ status: 'saving', kind });
      try {
        const name = fileName(question, kind);
        saveFile(name, await make[kind](withPhoto));
        const isNumbers = kind === 'npz' || kind === 'json';
        setSaving({ status: 'saved', name, lacksGradients: isNumbers && !hasGradients() });
      } catch (thrown) {
        setSaving({ status: 'failed', error: asVqaError(thrown, 'file-not-made').toReport() });
      }
    },
  };
}
