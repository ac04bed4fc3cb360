/** A page of one file that shows a recorded answer again: the element and the recording, no models, no requests. */
import { svgText } from '../../draw/svg-text.ts';

/** What the page may grow to; both parts together stay far below. */
export const MAX_REPLAY_BYTES = 2_000_000;

export interface Replay {
  readonly title: string;
  /** The element's whole bundle, which defines `<in-page-vqa>` and imports nothing. */
  readonly element: string;
  /** The text of a recording's file. */
  readonly recording: string;
  /** Lines to stand under the element. */
  readonly caption: readonly string[];
}

/** @throws RangeError when the page would be larger than `MAX_REPLAY_BYTES` */
export function replayHtml({ title, element, recording, caption }: Replay): string {
  const address = `data:application/json;charset=utf-8,${encodeURIComponent(recording)}`;
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${svgText(title)}</title>
<style>
body { max-width: 64rem; margin: 0 auto; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; }
/* Beside this file there are no models. */
in-page-vqa::part(run-live) { display: none; }
footer { margin-top: 1rem; font-size: 0.8125rem; overflow-wrap: anywhere; }
</style>
</head>
<body>
<h1 style="font: 400 1.5rem/1.2 serif">${svgText(title)}</h1>
<in-page-vqa explain="auto" record="${svgText(address)}"></in-page-vqa>
<footer>
${caption.map((line) => `<p>${svgText(line)}</p>`).join('\n')}
</footer>
<script type="module">
${closedWithin(element)}
</script>
</body>
</html>
`;
  const bytes = new TextEncoder().encode(html).length;
  if (bytes > MAX_REPLAY_BYTES) {
    throw new RangeError(`the replay has ${bytes} bytes, must have at most ${MAX_REPLAY_BYTES}`);
  }
  return html;
}

/** Script that cannot end its element: in strings and comments, the only places for it, the backslash says nothing. */
function closedWithin(script: string): string {
  return script.replaceAll(/<\/(script)/giu, '<\\/$1').replaceAll('<!--', '<\\!--');
}
