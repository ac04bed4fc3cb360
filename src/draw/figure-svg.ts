/** One answer as a figure: photo, boxes, words, answers, scale and caption as SVG, all text as text. */
import type { BoundingBox, ImageSize } from '../core/types.ts';
import type { PixelRect } from './frame.ts';
import { toPixels } from './frame.ts';
import type { PaintedRun } from './paint-weights.ts';
import { svgElement, svgText } from './svg-text.ts';
import { wrapText, type Font } from './wrap-text.ts';

export interface FigureLabel {
  readonly rect: PixelRect;
  readonly text: string;
  readonly color: string;
  readonly ink: string;
}

export interface FigureWord {
  readonly text: string;
  readonly color: string;
  /** Width of its mark, 0..1. */
  readonly share: number;
  readonly amount: string;
}

export interface FigureScale {
  readonly title: string;
  /** From the low end to the high one. */
  readonly colors: readonly string[];
  readonly ticks: readonly string[];
}

export interface Figure {
  /** A `data:` address; null leaves the photo out. */
  readonly photo: string | null;
  /** Of the drawn photo, in the units of the figure. */
  readonly frame: ImageSize;
  /** The weights as they lie over the photo; null when it carries no map. */
  readonly heat: {
    /** Of the map whose cells the runs count. */
    readonly grid: ImageSize;
    readonly runs: readonly PaintedRun[];
    /** Whether the photo is half as colourful under it. */
    readonly isPale: boolean;
  } | null;
  readonly outlines: readonly BoundingBox[];
  readonly labels: readonly FigureLabel[];
  readonly question: string;
  readonly words: readonly FigureWord[];
  readonly answers: readonly { readonly answer: string; readonly score: number; readonly amount: string }[];
  readonly scale: FigureScale | null;
  /** What the map says. */
  readonly sentences: readonly string[];
  /** Settings and the pack's hash. */
  readonly caption: readonly string[];
}

export const FIGURE_WIDTH = 900;
const MARGIN = 24;
export const PHOTO_WIDTH = FIGURE_WIDTH - 2 * MARGIN;

const SANS = "'Helvetica Neue', 'Segoe UI', 'Liberation Sans', Arial, sans-serif";
const SERIF = "'Iowan Old Style', 'Palatino Linotype', 'Liberation Serif', 'Times New Roman', serif";
const INK = '#15181a';
const SOFT = '#474d51';
const MARK = '#b5171b';
const PAPER = '#ffffff';
const BAR_HEIGHT = 22;
const WORD_HEIGHT = 52;

/** A complete SVG document. */
export function figureSvg(figure: Figure): string {
  const page = column(MARGIN);
  const drawn = [
    drawPhoto(figure, page.take(figure.frame.height + 12)),
    ...page.text([`“${figure.question}”`], { family: SERIF, sizePx: 24 }, INK, 'italic'),
    ...drawWords(figure.words, page),
    ...figure.answers.map((answer, rank) => drawBar(answer, rank, page.take(BAR_HEIGHT))),
    ...drawScale(figure.scale, page),
    ...page.text(figure.sentences, { family: SERIF, sizePx: 18 }, INK),
    ...page.text(figure.caption, { family: SANS, sizePx: 12 }, SOFT),
  ];
  const height = page.take(0) + MARGIN;
  return svgElement(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width: FIGURE_WIDTH,
      height,
      viewBox: `0 0 ${FIGURE_WIDTH} ${Math.ceil(height)}`,
    },
    [
      svgElement('title', {}, [svgText(titleOf(figure))]),
      svgElement('rect', { width: FIGURE_WIDTH, height, fill: PAPER }),
      ...drawn,
    ],
  );
}

function titleOf({ question, answers }: Figure): string {
  return answers[0] ? `${question} ${answers[0].answer}` : question;
}

/** Hands out heights from top to bottom. */
function column(start: number) {
  let y = start;
  const take = (height: number): number => {
    y += height;
    return y - height;
  };
  return {
    take,
    text: (paragraphs: readonly string[], font: Font, fill: string, style?: string): string[] =>
      paragraphs.flatMap((paragraph) =>
        wrapText(paragraph, font, PHOTO_WIDTH).map((line) =>
          textAt(MARGIN, take(font.sizePx * 1.4) + font.sizePx, line, font, fill, { 'font-style': style }),
        ),
      ),
  };
}

function textAt(
  x: number,
  y: number,
  text: string,
  { family, sizePx }: Font,
  fill: string,
  more: Readonly<Record<string, string | undefined>> = {},
): string {
  return svgElement('text', { x, y, fill, 'font-family': family, 'font-size': sizePx, ...more }, [
    svgText(text),
  ]);
}

function drawPhoto({ photo, frame, heat, outlines, labels }: Figure, y: number): string {
  const whole = { x: 0, y: 0, width: frame.width, height: frame.height };
  const cell = heat ? frame.width / heat.grid.width : 0;
  const filters = heat
    ? [
        svgElement('filter', { id: 'pale' }, [
          svgElement('feColorMatrix', { type: 'saturate', values: '0.5' }),
        ]),
        svgElement('filter', { id: 'soft', x: 0, y: 0, width: 1, height: 1 }, [
          svgElement('feGaussianBlur', { stdDeviation: cell / 2, edgeMode: 'duplicate' }),
        ]),
      ]
    : [];
  return svgElement('g', { transform: `translate(${MARGIN} ${Math.round(y)})` }, [
    ...filters,
    svgElement('rect', { ...whole, fill: '#dde1e0' }),
    ...(photo
      ? [svgElement('image', { ...whole, href: photo, filter: heat?.isPale ? 'url(#pale)' : undefined })]
      : []),
    ...(heat
      ? [
          svgElement('g', { filter: 'url(#soft)' }, [
            // As large as the photo, so that the filter's region is the photo's.
            svgElement('rect', { ...whole, fill: 'none' }),
            ...heat.runs.map(({ x, y: row, length, color, opacity }) =>
              svgElement('rect', {
                x: x * cell,
                y: (row * frame.height) / heat.grid.height,
                width: length * cell,
                height: frame.height / heat.grid.height,
                fill: color,
                'fill-opacity': opacity,
                'shape-rendering': 'crispEdges',
              }),
            ),
          ]),
        ]
      : []),
    ...outlines.flatMap((box) => [
      svgElement('rect', { ...toPixels(box, frame), fill: 'none', stroke: '#000000', 'stroke-width': 3 }),
      svgElement('rect', { ...toPixels(box, frame), fill: 'none', stroke: PAPER, 'stroke-width': 1.5 }),
    ]),
    ...labels.flatMap(({ rect, text, color, ink }) => [
      svgElement('rect', { ...rect, fill: color }),
      textAt(rect.x + 5, rect.y + 13, text, { family: SANS, sizePx: 12 }, ink),
    ]),
  ]);
}

function drawWords(words: readonly FigureWord[], page: ReturnType<typeof column>): string[] {
  const cell = Math.min(110, PHOTO_WIDTH / Math.max(1, words.length));
  if (words.length === 0) return [];
  const y = page.take(WORD_HEIGHT) + 8;
  return words.flatMap(({ text, color, share, amount }, index) => {
    const middle = MARGIN + cell * (index + 0.5);
    const width = Math.max(4, share * (cell - 12));
    const centred = { 'text-anchor': 'middle' };
    return [
      textAt(middle, y + 12, text, { family: SERIF, sizePx: 16 }, INK, centred),
      svgElement('rect', {
        x: middle - width / 2,
        y: y + 18,
        width,
        height: 8,
        fill: color,
        stroke: '#737a7e',
      }),
      textAt(middle, y + 38, amount, { family: SANS, sizePx: 11 }, SOFT, centred),
    ];
  });
}

function drawBar({ answer, score, amount }: Figure['answers'][number], rank: number, y: number): string {
  const [left, width] = [MARGIN + 160, PHOTO_WIDTH - 220];
  const font = { family: SANS, sizePx: 14 };
  return svgElement('g', {}, [
    textAt(MARGIN, y + 15, answer, font, INK),
    svgElement('rect', { x: left, y: y + 6, width, height: 9, fill: '#dde1e0' }),
    svgElement('rect', {
      x: left,
      y: y + 6,
      width: width * score,
      height: 9,
      fill: rank === 0 ? MARK : SOFT,
    }),
    textAt(MARGIN + PHOTO_WIDTH, y + 15, amount, font, INK, { 'text-anchor': 'end' }),
  ]);
}

function drawScale(scale: FigureScale | null, page: ReturnType<typeof column>): string[] {
  if (!scale) return [];
  const y = page.take(56) + 12;
  const width = 360;
  const font = { family: SANS, sizePx: 12 };
  const last = Math.max(1, scale.colors.length - 1);
  const lastTick = Math.max(1, scale.ticks.length - 1);
  return [
    svgElement(
      'linearGradient',
      { id: 'scale' },
      scale.colors.map((color, index) => svgElement('stop', { offset: index / last, 'stop-color': color })),
    ),
    svgElement('rect', { x: MARGIN, y, width, height: 12, fill: 'url(#scale)', stroke: '#737a7e' }),
    ...scale.ticks.map((tick, index) =>
      textAt(MARGIN + (width * index) / lastTick, y + 28, tick, font, SOFT, {
        'text-anchor': ['start', 'middle', 'end'][Math.round((index / lastTick) * 2)],
      }),
    ),
    textAt(MARGIN + width + 16, y + 11, scale.title, font, SOFT),
  ];
}
