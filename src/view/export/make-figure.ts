/** What is on screen as a figure. */
import { percent, weightPercent } from '../../core/percent.ts';
import type { PictureMode } from '../../core/picture.ts';
import type { AttentionModule, ImageSize, Scene } from '../../core/types.ts';
import { attentionCss, evidenceCss } from '../../draw/color-map.ts';
import { PHOTO_WIDTH, type Figure, type FigureScale, type FigureWord } from '../../draw/figure-svg.ts';
import { heatCss, shareOf } from '../../draw/heatmap.ts';
import { arrangeLabels } from '../../draw/label-regions.ts';
import { weightRuns } from '../../draw/paint-weights.ts';
import { rankRegions, type RegionWeights } from '../../draw/rank-regions.ts';
import { weightMap } from '../../draw/weight-map.ts';
import { describeFocusedAttention, moduleName } from '../../session/words/attention-words.ts';
import { photoSentence, rankingName, wordsSentence } from '../../session/words/explanation-words.ts';
import type { PhotoLayer } from '../../session/inquiry/lab-state.ts';
import { captionLines, type RunSettings } from '../../session/address/run-settings.ts';
import { scaleEnd, type ShownAttention } from '../../session/inquiry/show-attention.ts';
import type { ShownExplanation } from '../../session/inquiry/show-explanation.ts';
import type { Exchange } from '../../session/work/state.ts';
import { answerWords } from '../explain/WhyCaption.tsx';

/** A tall photo is drawn no higher than this, in the units of the figure. */
const TALLEST = 700;
const SHOWN_ANSWERS = 5;
const NAMED_STEPS = 8;
/** Cells along the longer side: every run of them is an element of the file. */
const FIGURE_CELLS = 64;

export interface OnScreen {
  readonly exchange: Exchange;
  readonly layer: PhotoLayer;
  /** How weights lie over the photo. */
  readonly picture: PictureMode;
  readonly why: ShownExplanation | null;
  readonly attention: ShownAttention | null;
  readonly settings: RunSettings;
}

/** @param photo a `data:` address, or null to leave the photo out */
export function makeFigure(
  { exchange, layer, picture, why, attention, settings }: OnScreen,
  photo: string | null,
): Figure {
  const { scene, prediction } = exchange;
  const frame = frameOf(scene.size);
  const map = mapOf({ layer, why, attention }, settings.attention.module);
  const heat = map?.heat ?? null;
  const named = layer === 'photo' ? [] : rankRegions(scene, heat, '');
  return {
    photo,
    frame,
    heat: heat && heatOf(scene, heat, picture),
    outlines: named.map(({ region }) => region.box),
    labels: arrangeLabels(named, null, frame).map(({ rect, text }) => ({
      rect,
      text,
      color: '#ffffff',
      ink: '#15181a',
    })),
    question: prediction.question,
    words: map?.words ?? [],
    answers: prediction.answers
      .slice(0, SHOWN_ANSWERS)
      .map(({ answer, score }) => ({ answer, score, amount: percent(score) })),
    scale: map?.scale ?? null,
    sentences: map?.sentences ?? [],
    caption: captionLines(settings, scene.regions.length),
  };
}

function heatOf(scene: Scene, { weights }: RegionWeights, picture: PictureMode): Figure['heat'] {
  const map = weightMap(scene.regions, weights, scene.size, picture, FIGURE_CELLS);
  const { width, height } = map;
  return { grid: { width, height }, runs: weightRuns(map, picture), isPale: picture === 'signed' };
}

function mapOf(
  { layer, why, attention }: Pick<OnScreen, 'layer' | 'why' | 'attention'>,
  module: AttentionModule,
): FigureMap | null {
  if (layer === 'why' && why) return whyMap(why);
  return layer === 'attention' && attention ? lookMap(attention, module) : null;
}

interface FigureMap {
  readonly heat: RegionWeights | null;
  readonly words: readonly FigureWord[];
  readonly scale: FigureScale;
  readonly sentences: readonly string[];
}

function whyMap(why: ShownExplanation): FigureMap {
  const { regions, words, tokens } = why;
  const { highest, isSigned, amount } = regions;
  return {
    heat: regions,
    words: tokens.flatMap(({ text, kind }, index) =>
      kind === 'special' ? [] : [wordOf(text, words.weights[index] ?? 0, words)],
    ),
    scale: {
      title: `${rankingName(why.method)} for ${answerWords(why)}`,
      colors: stepsOf(isSigned),
      ticks: isSigned
        ? [`against ${amount(-highest)}`, '0', `for ${amount(highest)}`]
        : ['0', amount(highest / 2), amount(highest)],
    },
    sentences: [`In the photo: ${photoSentence(why)}`, `In the words: ${wordsSentence(why)}`],
  };
}

function lookMap(attention: ShownAttention, module: AttentionModule): FigureMap {
  const { slice, overRegions, overTokens, exchange } = attention;
  const over = (part: typeof overRegions): RegionWeights | null =>
    part && { weights: part.weights, highest: scaleEnd(part.weights, attention, false) };
  const [regions, words] = [over(overRegions), over(overTokens)];
  const highest = (regions ?? words)?.highest ?? 1;
  const head = slice.head === 'mean' ? 'mean of heads' : `head ${slice.head + 1}`;
  return {
    heat: regions,
    words: words
      ? exchange.prediction.tokens.map(({ text }, index) => wordOf(text, words.weights[index] ?? 0, words))
      : [],
    scale: {
      title: `Attention, ${moduleName(module)}, layer ${slice.layer + 1}, ${head}`,
      colors: stepsOf(false),
      ticks: ['0 %', weightPercent(highest / 2), weightPercent(highest)],
    },
    sentences: [describeFocusedAttention(attention)],
  };
}

function wordOf(text: string, weight: number, scale: RegionWeights): FigureWord {
  const { highest, amount = weightPercent } = scale;
  return {
    text,
    color: heatCss(weight, scale),
    share: shareOf(Math.abs(weight), highest),
    amount: amount(weight),
  };
}

function stepsOf(isSigned: boolean): readonly string[] {
  return Array.from({ length: NAMED_STEPS + 1 }, (_, step) =>
    isSigned ? evidenceCss((2 * step) / NAMED_STEPS - 1) : attentionCss(step / NAMED_STEPS),
  );
}

function frameOf({ width, height }: ImageSize): ImageSize {
  const scale = Math.min(PHOTO_WIDTH / width, TALLEST / height);
  return { width: width * scale, height: height * scale };
}
