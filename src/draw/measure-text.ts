/** Width of text before it is drawn, in CSS pixels. */
let pen: CanvasRenderingContext2D | null | undefined;

/** Without a canvas (tests) every letter counts as 0.6 of the font size. */
export function textWidth(text: string, font: { readonly family: string; readonly sizePx: number }): number {
  pen ??= document.createElement('canvas').getContext('2d');
  if (!pen) return text.length * font.sizePx * 0.6;
  pen.font = `${font.sizePx}px ${font.family}`;
  return pen.measureText(text).width;
}
