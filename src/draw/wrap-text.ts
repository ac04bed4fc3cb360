/** Text in lines, for drawings that cannot flow it themselves. */
import { textWidth } from './measure-text.ts';

export interface Font {
  readonly family: string;
  readonly sizePx: number;
}

/** Breaks at spaces; a word that is wider than a line stands alone on one. */
export function wrapText(text: string, font: Font, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/u).filter(Boolean)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && textWidth(longer, font) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return line === '' ? lines : [...lines, line];
}
